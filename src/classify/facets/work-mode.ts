import type { WorkMode } from '../../posting/posting.ts';
import type { Evidence } from '../classification.ts';
import { evidenceIn, type Finding, type Piece, type Reading, spot } from './reading.ts';

const SOME =
  '(?:one|two|three|four|[1-4]|1-2|2-3|3-4|one or two|two or three|2 or 3|three to four|[1-4]\\s?(?:-|–|to|or)\\s?[2-5]|several|some|a few|a couple of)';
const WEEKDAY = '(?:mon|tues|wednes|thurs|fri)days?\\b';
const OFFICE = String.raw`(?:in(?:to)? (?:the |our |an? )?(?:[\w'’.-]+ ){0,3}?(?:office|studio|hub|clinic)|on[- ]?site|in[- ]office|in[- ]person|on campus|at (?:the |our )?(?:[\w'’.-]+ ){0,3}?(?:office|hub|headquarters))`;
const HOME = String.raw`(?:remote(?:ly)?|telework(?:ing)?|(?:working |work )?(?:from|at) home|home)`;
const JOB = '(?:position|role|job|opportunity|opening|assignment)';
/** What may be remote without making the job remote. */
const NOT_THE_JOB = String.raw`(?!\s(?:patients?|monitor\w*|sites?|areas?|communit\w+|locations?|villages?|access|sens\w+|control\w*|physiolog\w+|therapeutic|desktop|rural|regions?|proctor\w*|interpret\w*|sessions?|learning|support\b|island|care\b|visits?|consult\w*|teams? (?:of|in)|employees|colleagues))`;

const NOT_REMOTE = [
  /\b(?:not|isn['’]t|never) (?:a |an |currently |eligible (?:for|to) |available (?:as|for) )*(?:\w+ )?(?:remote|remotely|telework|work[- ]from[- ]home|virtual)\b(?!-only)/i,
  /\bno (?:remote|telework|work[- ]from[- ]home|wfh)\b/i,
  /\bremote (?:job|work|position|option|eligible|eligibility)?\s?[:?-]?\s?no(?=$|[^a-z]|Telework)/i,
  /\b(?:cannot|can['’]t|can not) be (?:done|performed|worked|completed) (?:remotely|from home)\b/i,
  /\b(?:remote(?: work)?|(?:working )?remotely|telework(?:ing)?|work(?:ing)? from home)(?: is|:)? not (?:an? option|available|eligible|authorized|allowed|permitted|possible|offered|required)\b|\bnot remote\b/i,
  /\b(?:does not|do not|cannot|can['’]t|don['’]t|doesn['’]t) (?:currently )?(?:offer|allow|permit|support) (?:remote|telework|working from home|work[- ]from[- ]home)\b/i,
];

const HYBRID = [
  /#?\bli-hybrid\b/i,
  /\bhybrid[- ](?:role|position|schedule|work(?:ing|place)?|model|opportunity|job|environment|arrangement|basis|setting|remote|office|telework|eligible|employee|status)\b(?!\s(?:of care|program|course|class|learn|instruct|curricul|dpt|education))/i,
  /(?:^|[:(|/–—-]\s?|,\s(?=hybrid(?:$|\s?[,.;()]| (?:remote|work|schedule|in |with |at |from |\d|one|two|three|four)))|\b(?:is|are|as|be|being|this|schedule|position|role|location|type|setting|model)\s(?:an?\s|currently\s)?)hybrid\b(?!\s(?:program|course|class|learn|instruct|curricul|dpt|degree|doctor|pedagog|deliver|vehicle|cloud|car\b|entry|format|model of care|education))/i,
];
/** The same without the word: some days here, some days there. */
const SHARED = [
  new RegExp(
    `\\b${SOME} days?(?: (?:a|per|each|every) (?:week|month))? (?:can|may|could|are|is|will) (?:be )?(?:usually )?(?:done|worked|spent|performed)? ?(?:remotely|(?:from|at) home)\\b`,
    'i',
  ),
  new RegExp(
    `\\b${SOME} days?\\b[^.;]{0,40},? (?:and )?(?:the )?(?:${SOME}|rest|others?|remainder) (?:days )?(?:are |is )?(?:worked )?(?:(?:at|from) (?:your )?home|remote(?:ly)?)\\b`,
    'i',
  ),
  /\b(?:days?|week)\b[^.]{0,60}\b(?:rest|others?|remainder) (?:is |are )?(?:done |spent )?(?:from|at) (?:your |a )?(?:desk|table|office) at home\b/i,
  new RegExp(
    `(?:\\b(?:from home(?! (?:health|care))|home[- ]office)|\\b(?:written|done|desk|charts?|reports?|documentation)\\b[^.;]{0,20}\\bat home)\\b[^.]{0,80}?(?:\\b${WEEKDAY}[^.;]{0,30}\\b(?:in|at) (?:the|our)\\b|\\b(?:in|at) (?:the|our)\\b[^.;]{0,30}\\b${WEEKDAY}|\\b(?:one|two|three|1|2|3) days? (?:a|per|each) week (?:in|at) (?:the|our)\\b)`,
    'i',
  ),
  /\bon[- ]?site (?:in|at|with|on)\b[^.;]{0,40}\b(?:one|two|three|four|[1-4]) days? (?:a|per|each) week\b/i,
  /\b(?:remote(?:ly)?|(?:from|at) home) (?:on |every )(?:mon|tues|wednes|thurs|fri)days?\b|\b(?:remote|telework)\b[^.;]{0,30}\b[1-8]\d ?% of\b/i,
  /\b(?:office|on-?site|campus)\b[^.;]{0,20}\b(?:once|twice) (?:a|per|every) week\b|\b(?:once|twice) (?:a|per) week (?:in|at) (?:the|our) [\w ]{0,20}(?:office|hub)\b/i,
  /\b(?:balance|rest|remainder) of (?:the |your )?(?:work|time|week|month)?\b[^.;]{0,30}\b(?:home|remote(?:ly)?)\b/i,
  new RegExp(
    `\\b${SOME} days?(?:[ ,]+(?:a|per|each|every|/)? ?(?:week|month|wk))?[ ,]*(?:of |working |work )?(?:${OFFICE}|${HOME})\\b`,
    'i',
  ),
  new RegExp(`(?:${OFFICE}|${HOME})\\W{1,3}(?:up to |at least |about |for )?${SOME} days?\\b(?! of)`, 'i'),
  /\b(?:remote|telework|from home|at home) the (?:rest|remaining|other)|\btelework the remaining|\b(?:rest|remaining days|other days|remainder) (?:is |are )?(?:remote|from home|at home|telework)/i,
  /\b(?:partially|partly|part|some|occasional|semi)[- ](?:remote|telework|work(?:ing)?[- ](?:from|at)[- ]home)\b/i,
  /\b[1-9]\d?\s?% (?:in[- ]office|on[- ]?site|in[- ]person|remote|telework)\b|\b(?:at least )?half of their (?:work )?time in (?:the|their) (?:assigned )?office\b/i,
  /\b(?:from|in|at) (?:our|the) (?:[\w'’.-]+ ){0,3}?(?:office|hub|studio)\b[^.;]{0,16}\b(?:with|and|or)\b[^.;]{0,24}\b(?:(?:from|at) home|remotely)\b/i,
  /\bfrom home\b[^.;]{0,60}\b(?:bedside|on-?site|in[- ]person|hospital|facility|office|campus) (?:visit|day|meeting|block)s?\b/i,
  /\b(?:from |at )?home and (?:in |at |from )?(?:the |our )?office\b|\boffice and (?:from |at )?home\b|\b(?:mix|combination|blend|split) (?:of|between) (?:remote|on[- ]?site|in[- ]office|home|office)\b|\bremote (?:and|\/) (?:in[- ]office|on[- ]?site|in[- ]person) (?:work|schedule|role|position)\b/i,
];

const REMOTE = [
  /\b(?:location|worksite|base): ?(?:your )?home\b(?! (?:health|care))/i,
  /#?\bli-remote\b/i,
  /\b(?:100\s?%|fully|completely|entirely|permanently|exclusively|primarily|mostly|full[- ]time)[- ]remote(?:ly)?\b/i,
  new RegExp(
    `\\bremote[- ](?:${JOB}|work\\b(?! area)|schedule|contract|eligible|basis|setting|environment|first|based|status|company|organization)\\b`,
    'i',
  ),
  new RegExp(
    `\\b(?:${JOB}|work|location|schedule|setting|workplace|arrangement|mode|type|base)\\b[^.;]{0,28}(?:\\bis|\\bare|:|[-–—]|\\bbe|\\bmay be|\\bcan be)\\s{0,3}(?:(?:a|an|currently|also|100\\s?%|fully|completely|entirely|performed|done|worked)\\s){0,3}remote(?:ly)?\\b${NOT_THE_JOB}`,
    'i',
  ),
  /\bwork(?:ing|s|ed)? (?:100\s?% |fully |entirely |exclusively |primarily |mostly )?(?:remotely|from (?:anywhere|(?:(?:your|their|the comfort of your|a|the|own)\s){0,3}(?:home|couch|kitchen table)))\b/i,
  /\bwork(?:ing)?[- ](?:from|at)[- ]home\b|\bwfh\b/i,
  /\bhome[- ]based (?:position|role|job|work|office|employee|opportunity|team|reviewer|coordinator)\b|(?<!\b(?:our|the|corporate)\s(?:\w+\s){0,2})\bhome[- ]office\b(?! (?:stipend|allowance|setup|equipment|in\b|located|building|campus|employees|staff|team))|\b(?:from|have|has|your|own) (?:an? |your |own ){0,2}home[- ]office\b(?! (?:stipend|allowance|setup|equipment))|\bfrom (?:anywhere|your phone)\b|\bhome[- ]based\b(?=,? (?:when|with|between|and travel|anywhere|near|within)|(?-i:,? in [A-Z]))/i,
  /\b(?:based|working) (?:in|at|from|out of) (?:your|their|a|the employee['’]s) (?:own )?home\b(?! (?:health|care|town|state|clinic|base))|\b(?:all|fully|entirely|completely|100 ?%) (?:online|virtual)(?=$|\s?[,.;)])/i,
  /\btelecommut\w*|\bout of (?:your|their|a) (?:own )?home\b|\banywhere (?:with|you have) (?:an? )?(?:good |solid |reliable |wired )?(?:wi-?fi|internet|connection)\b|\b(?:fully )?distributed (?:team|company|workforce)\b|\bbase: (?:your )?home\b|\bwork(?:s|ing)? virtually\b|\bfull[- ]time telework\b|\bvirtual (?:position|role|job|assignment|work)\b/i,
  /(?<!\b(?:away|discharg\w*|transfer\w*|transition\w*|miles|removed|distance|far|calls?|minutes|hours|moved?|referred|admitted|patients?|residents?|care|them) )\bfrom (?:your |their )?(?:own )?(?:home|kitchen table)\b(?! (?:health|care|to|visit|environment|setting|program|and community))/i,
  /(?:^|[|•·(–—,:-]\s?)remote\b(?=\s?(?:$|[-,;.()|–—/:&]|in\b|with\b|within|from|anywhere|across|us\b|usa|u\.s|united|nationwide|or hybrid|ok\b|okay|possible|friendly|considered|eligible|with))/i,
];

const ONSITE = [
  /\b(?:office|clinic|hospital|campus|site|facility|plant|school)[- ]based (?:position|role|job)\b|\bin[- ]clinic (?:position|role|job)\b|\b(?:is|position|role|job):? (?:an? )?(?:office|campus|site)[- ]based\b|\byou(?:['’]ll| will)? sit in (?:our|the)\b/i,
  /#?\bli-on-?site\b/i,
  /\b(?:on[- ]?site|in[- ]person|in[- ]office),? (?:role|position|job|work(?:ing)? (?:only|required|environment|schedule|arrangement|model)|only|required|presence|full[- ]time|schedule|five|5|monday|at (?:the|our)|in [A-Z])/i,
  new RegExp(
    `\\b(?:${JOB}|work(?: location| setting| site| arrangement| schedule| mode| type)?|location|schedule|workplace)\\b[^.;]{0,28}(?:\\bis|\\bare|:|,|\\bbe|\\bwill be)\\s{0,3}(?:(?:a|an|100\\s?%|fully|strictly|performed|full[- ]time,?)\\s){0,3}(?:on[- ]?site|in[- ]person|in[- ]office)\\b(?! (?:training|interview|visit|inspection|orientation))`,
    'i',
  ),
  /\b(?:100\s?%|fully|strictly|all) (?:on[- ]?site|in[- ]person|in[- ]office|at the (?:site|office|clinic))\b/i,
  /(?:^|[|•·(–—,]\s?)on-?site\b(?=\s?(?:$|[.,;)|–—]|in [A-Z]|at ))|(?:^|[|•·(–—,]\s?)on site\b(?=\s?(?:$|[.,;)|–—]|in [A-Z]))/i,
  /\b(?:sits?|embedded|stationed|placed|present) (?:full[- ]time )?on[- ]?site\b|\b(?<!\b(?:interviews?|orientation|training|onboarding)\b[^.;]{0,30})(?:face[- ]to[- ]face|in[- ]person) (?:on|at) (?:the|our) [^.;]{0,30}\b(?:campus|office|clinic|hospital|school|site)\b/i,
  /,\s(?:all )?in[- ]person(?=\s?(?:$|[.,;)]| and on\b))|\bfield[- ]based (?:in|at|across) [^.;]{0,40}\b(?:hospitals?|facilities|clinics|schools|centers|buildings)\b/i,
  /\bwork(?:ing|s)? on[- ]?site\b|\bmust (?:be|work|report) (?:on[- ]?site|in[- ]person|in (?:the|our) office)\b/i,
  /\bclass(?:es)? (?:meets?|is taught|are taught|are held|is held) (?:in[- ]person|on (?:the |our )?campus)\b/i,
  /\bin[- ]person(?: work)? setting\b|\bfull[- ]time,? (?:and )?(?:on[- ]?site|in[- ]person|in[- ]office|on campus)\b|\bon[- ]?site (?:first|second|third|day|night|evening|shift)\b/i,
  /\bclass(?:es)?\b[^.;]{0,20}\bon campus\b|\boffice is (?:located )?(?:on|in|at) (?:the|our)\b|\b[5-9]\d ?% (?:of (?:the |your )?time )?in the field\b/i,
  /\b(?:based|located|works?|working|full[- ]time|reports?|housed|performed|done) (?:on[- ]?site )?(?:in|at|out of|from) (?:our|the) (?:[\w'’&.,-]+ ){0,5}?(?:office|clinic|hospital|campus|headquarters|hq|plant|support center)\b/i,
];

/** The last resort: work done on site or on campus is told in passing. What merely happens on site now and then is not meant. */
const IN_PASSING = [
  /^(?=.{0,70}$).*\bin[- ]person\b(?! (?:training|interview|meeting|event|visit|course|demonstrat|and|or|hiring|orientation|education))/i,
  /(?<!\bour )\bon-?site\b(?! (?:training|interview|visit|inspection|survey|review|gym|fitness|cafeteria|caf\w|pharmac|child|day ?care|massage|course|certif|orientation|parking|health|employee|clinic\b|support|event|meeting|wellness|consult|audit|demo|evaluat|education|or (?:virtual|remote)|and (?:virtual|remote)))/i,
  /\b(?:\d ?(?:am?|pm?)?|nights?|days?|evenings?|shifts?|weekends?|(?:full|part)[- ]time|job|role|position) on site(?=\s?(?:$|[.,;)]))/i,
  /(?<!\b(?:living|housing|live|students|residents) )\bon (?:(?:the|our) (?:[\w-]+ )?)?campus\b(?! (?:housing|visit|block|event|recruit))/i,
];
const QUIET = new Set(['about', 'eeo']);
const OWN_WORDS =
  /this (?:is|role|position|job|opportunity)\b|(?:role|job|position)[ -]?(?:type|description|location)|#?\bli-(?:remote|hybrid|on-?site)\b/i;
/** A field of a form on a line of its own, answered on the next one: "Remote job", "No". */
const ASKED = /^(?:remote(?: job| work| position)?|telework(?: eligible)?|work from home)\W*$/i;

function first(pieces: readonly Piece[], patterns: readonly RegExp[]): Evidence | null {
  for (const piece of pieces) {
    for (const pattern of patterns) {
      const found = spot(piece, pattern);
      if (found && !isField(piece) && !speaksOfEveryJob(piece)) return found;
    }
  }
  return null;
}

/** A bare "Remote" that ends in no full stop is a form's field; its answer stands on the next line. */
const isField = (piece: Piece) => ASKED.test(piece.text) && !/^\w+[.!]$/.test(piece.text);

const MODES_NAMED = [/\bremote(?:ly)?\b|\bfrom home\b/i, /\bhybrid\b/i, /\bon[- ]?site\b|\bin[- ]person\b|\bin[- ]office\b/i];

/** A sentence that names all ways of working, or the employer's whole attitude to them, says nothing of this job. */
function speaksOfEveryJob(piece: Piece): boolean {
  if (MODES_NAMED.every(mode => mode.test(piece.text))) return !/\bthis (?:is|role|position|job)\b|\bdays?\b/i.test(piece.text);
  return (
    /\b(?:whether|regardless of|we also support|employee-led|many (?:of our )?roles|most of our (?:roles|employees|jobs|teams?)|for certain roles|some roles|depending on (?:the )?role|unless (?:formally )?approved|may include|we interview\b|interviews? (?:is|are|takes? place|will be)\b|workplace flexibilit\w+|(?:remote(?: work)?|telework) options?|flexible working)\b/i.test(
      piece.text,
    ) && !/\bthis (?:role|position|job) (?:is|will)\b/i.test(piece.text)
  );
}

const TITLE_REMOTE = [
  new RegExp(`\\bremote(?:ly)?\\b${NOT_THE_JOB}`, 'i'),
  /\bwork (?:from|at) home\b|\bwfh\b|\btelecommut\w*|\btelework\b|\bhome[- ]based\b(?=\s?(?:$|[,)]|u[ks]\b|remote))|(?:^|[(–—|-]\s?)home[- ]office\b|^\W*(?:anywhere|virtual)\b|^home[- ]based(?=:)|(?<=[(,|–-]\s?(?:[^()]{0,20}\s)?)virtual(?=\s?(?:$|[),|–-]))/i,
];

function inTitle(piece: Piece | null): Finding<WorkMode> | null {
  if (!piece) return null;
  const not =
    first([piece], NOT_REMOTE) ??
    spot(piece, /\b(?:on-?site|in[- ](?:person|office))\b(?![^()]{0,20}\b(?:hiring|event|interview|training))/i);
  const hybrid = spot(piece, /\bhybrid\b(?! (?:dpt|program|cloud|vehicle|course))/i);
  const remote = TITLE_REMOTE.map(pattern => spot(piece, pattern)).find(found => found !== null);
  if (hybrid) return { value: 'hybrid', evidence: [hybrid] };
  if (not) return { value: 'onsite', evidence: [not] };
  return remote ? { value: 'remote', evidence: [remote] } : null;
}

/** A place of work that is no place. */
const ONLINE = /^\W*online\b/i;
/** Days at customers are travel, not days at the office. */
const AT_CUSTOMERS =
  /\b(?:customers?|clients?|members?|partners?)['’]? (?:sites?|locations?|campuses|offices|facilities|plants)\b|\b(?:at|with|to) (?:our |the )?(?:customers|clients|new customers|accounts)\b/i;
const OUR_OFFICE = /\b(?:our|the|an?) (?:[\w'’.-]+ ){0,3}?(?:office|hub|headquarters|studio|space|clinic)\b|\bin[- ]office\b/i;

/** Where the work is done: the board's own field first, then the words of the text, the title and the location. A home base with travel is remote; regular office days make it hybrid. */
export function readWorkMode(reading: Reading): Finding<WorkMode> | null {
  const stated = reading.input.stated?.workMode;
  if (stated) return { value: stated, evidence: [] };
  const [remotely, inPlace] = [reading.about('remote').filter(speaks), reading.about('place').filter(speaks)];
  const head = inTitle(reading.title) ?? inTitle(reading.location) ?? online(reading.location);
  if (head?.value === 'hybrid') return head;
  const hybrid = first(reading.about('hybrid').filter(speaks), HYBRID) ?? shared(reading);
  const not = first(remotely, NOT_REMOTE) ?? answered(reading, remotely, /^\W*no\b/i);
  if (not) return hybrid && !head ? { value: 'hybrid', evidence: [hybrid] } : { value: 'onsite', evidence: [not] };
  if (hybrid) return { value: 'hybrid', evidence: [hybrid] };
  if (head) return head;
  const remote = first(remotely, REMOTE) ?? answered(reading, remotely, /^\W*yes\b/i);
  if (remote) return { value: 'remote', evidence: [remote] };
  const onsite =
    first(inPlace, ONSITE) ??
    first(
      inPlace.filter(({ section, text }) => section !== 'benefits' && !/\bwe offer\b|\boffers?\b|\bfree\b/i.test(text)),
      IN_PASSING,
    );
  return onsite && { value: 'onsite', evidence: [onsite] };
}

function online(location: Piece | null): Finding<WorkMode> | null {
  const found = location && spot(location, ONLINE);
  return found ? { value: 'remote', evidence: [found] } : null;
}

const speaks = (piece: Piece) => !QUIET.has(piece.section) || OWN_WORDS.test(piece.text);

/** Days or shares of the week here and there, without the word hybrid. */
function shared(reading: Reading): Evidence | null {
  for (const topics of [
    ['remote', 'place'],
    ['remote', 'share'],
    ['place', 'share'],
  ] as const) {
    const found = first(
      reading.about(...topics).filter(piece => speaks(piece) && (!AT_CUSTOMERS.test(piece.text) || OUR_OFFICE.test(piece.text))),
      SHARED,
    );
    if (found) return found;
  }
  return null;
}

function answered(reading: Reading, pieces: readonly Piece[], answer: RegExp): Evidence | null {
  for (const piece of pieces) {
    const next = ASKED.test(piece.text) ? reading.pieces[piece.index + 1] : undefined;
    if (next && answer.test(next.text)) return evidenceIn(piece, 0, next.start + next.text.length - piece.start);
  }
  return null;
}
