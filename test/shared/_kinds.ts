import type { Classification, ClassifierInput } from '../../src/classify/classification.ts';
import type { Pay } from '../../src/posting/posting.ts';
import { CREDENTIALS, type Credential, PATH_SLUGS, type Path, type Relevance, VERDICTS, type Verdict } from '../../src/posting/taxonomy.ts';

// Reads a list of wordings in Markdown: headings `## A. ...` and `### A1. ...`, under them numbered lines `"wording" → answer`.

type Wanted = { name: string; need: 'required' | 'preferred' | null };
type Classify = (input: ClassifierInput) => Classification;

/** What an answer asks of a classification. Each field is one demand; a case holds when all of its own do. */
type Answer = {
  relevance?: Relevance;
  /** Any of these is the primary path. */
  primary?: Path[];
  /** Among the paths, in any place. */
  also?: Path[];
  verdicts?: Partial<Record<Credential, Verdict>>;
  /** No verdict of these credentials may be one of these. */
  never?: { credentials: readonly Credential[]; verdicts: readonly Verdict[] };
  work_mode?: string | null;
  min_years?: number | null;
  pay?: Partial<Pay> | null;
  certifications?: Wanted[];
  not_required?: true;
  employment_type?: string[];
  not_employment?: string;
  caseload?: boolean;
};

/** One wording with its answer. `id` is the kind, the number of its line, and a letter where a line holds several wordings. */
export type KindCase = { id: string; letter: string; input: ClassifierInput; answer: Answer };
export type Kinds = { cases: KindCase[]; unread: string[] };

/** Every case of the list. A numbered line that cannot be read whole is told in `unread`. */
export function readKinds(markdown: string): Kinds {
  const cases: KindCase[] = [];
  const unread: string[] = [];
  let kind = '';
  for (const line of markdown.split('\n')) {
    kind = /^### ([A-Z]\d+)\./.exec(line)?.[1] ?? kind;
    const [, number, said] = /^(\d+)\. (.*)$/.exec(line) ?? [];
    if (number === undefined || said === undefined) continue;
    const found = segmentsOf(said).map(({ left, right }) => casesOf(kind.charAt(0), left, right));
    if (found.length === 0 || found.some(some => some === null)) unread.push(`${kind}.${number}: ${said}`);
    const read = found.flatMap(some => some ?? []);
    read.forEach((one, at) => {
      cases.push({ ...one, id: `${kind}.${number}${read.length > 1 ? String.fromCharCode(97 + at) : ''}`, letter: kind.charAt(0) });
    });
  }
  return { cases, unread };
}

/** `"a" → 1; "b" → 2` is two wordings with an answer each. */
function segmentsOf(said: string): { left: string; right: string }[] {
  const parts = said.split(' → ');
  const segments: { left: string; right: string }[] = [];
  let left = parts[0] ?? '';
  for (const part of parts.slice(1)) {
    const [, right = part, next = ''] = /^(.*?);\s+(?=["*])(.*)$/.exec(part) ?? [];
    segments.push({ left, right });
    left = next;
  }
  return segments;
}

type Wording = { title?: string; text: string; requirement?: string; truncated?: boolean };

function casesOf(letter: string, left: string, right: string): Omit<KindCase, 'id' | 'letter'>[] | null {
  const wordings = wordingsOf(left);
  const cases = wordings.map(wording => {
    const answer = ANSWERS[letter]?.(right, wording.text) ?? null;
    return answer && { input: inputOf(letter, wording), answer };
  });
  return cases.length > 0 && cases.every(one => one !== null) ? cases : null;
}

function wordingsOf(said: string): Wording[] {
  const left = said
    .replace(/^Counter: /, '')
    .replaceAll('\\n', '\n')
    .replaceAll(/\s\.\.\.\s/g, '\n\n');
  const titles = [...left.matchAll(/\*"([^"]*)"\*([^*]*)/g)];
  if (titles.length > 0) return titles.map(([, title = '', rest = '']) => ({ title, text: textUnder(title, rest) }));
  const [, title, text = ''] = /^Title "([^"]*)"(?:, text "([^"]*)")?$/.exec(left) ?? [];
  if (title !== undefined) return [{ title, text }];
  const truncated = left.startsWith('(truncated) ');
  return [...left.matchAll(/(?<!requirement: )"([^"]*)"([^"]*?\(requirement: "[^"]*"\)|[^"]*)/g)].map(([, quoted = '', after = '']) => ({
    ...aside(quoted, after),
    ...(truncated ? { truncated } : {}),
  }));
}

/** What follows a title: a quoted text, or words that go on from the title ("... of a bicycle firm"). */
function textUnder(title: string, rest: string): string {
  const quoted = /^(?: \(no title\))? - "([^"]*)"$/.exec(rest)?.[1];
  if (rest.trim() === '') return '';
  return quoted ?? `${title}${rest.replace(/;\s*$/, '')}.`.replaceAll('"', '');
}

/** What stands behind a quoted wording: its requirement, whose job it is, where it stands, what it is of. */
function aside(quoted: string, after: string): Wording {
  const requirement = /\(requirement: "([^"]*)"\)/.exec(after)?.[1];
  if (requirement) return { text: quoted, requirement };
  const of = /^ of (\w+)/.exec(after)?.[1];
  if (of) return { text: `You deal with the ${quoted} of ${of} all day.` };
  if (after.includes('in a bullet')) return { text: `- ${quoted}` };
  return after.includes('(care manager)') ? { title: 'Care Manager', text: quoted } : { text: quoted };
}

const REVIEWER = 'Utilization Review Specialist';
const DUTIES = 'You read requests for outpatient services, decide whether the plan pays for them, and write the letters.';
/** A job that is tied to no health care: what a tie in a perk or a denial must not change. */
const UNTIED = 'You look after business customers of our bookkeeping software and renew their contracts.';
const MANAGER = 'You run the budget, the staffing and the quality of the therapy department.';

/** The posting a wording stands in: where it has no title, as the requirement (B, D, F) or a paragraph of a plainly non-clinical job. */
function inputOf(letter: string, { title, text, requirement, truncated = false }: Wording): ClassifierInput {
  if (letter === 'A' && title === undefined) return { title: 'Account Manager', text: `${UNTIED}\n\n${text}`, truncated };
  if (letter === 'A') return { title: title ?? '', text, truncated };
  if (truncated) return { title: REVIEWER, text, truncated };
  if (requirement) return { title: REVIEWER, text: `${text}\n\n${DUTIES}\n\nRequirements\n${requirement}` };
  if (letter === 'G' && /treat|hands-on|patients/.test(text)) return { title: title ?? 'Rehab Manager', text: `${MANAGER}\n\n${text}` };
  if ('BDF'.includes(letter)) return { title: title ?? REVIEWER, text: `${DUTIES}\n\nRequirements\n${withUnit(letter, text)}` };
  return { title: title ?? REVIEWER, text: `${DUTIES}\n\n${text}`.trim() };
}

/** "six (6)" under years is six years. */
function withUnit(letter: string, text: string): string {
  return letter === 'D' && /^\w+ \(\d+\)$/.test(text) ? `${text} years` : text;
}

const ANSWERS: Record<string, (right: string, text: string) => Answer | null> = {
  A: jobAnswer,
  B: verdictAnswer,
  C: right => {
    const mode = /^(remote|hybrid|onsite|null)\b/.exec(right)?.[1];
    return mode ? { work_mode: mode === 'null' ? null : mode } : null;
  },
  D: right => {
    const years = /^(null|\d+(?:\.\d+)?)(?: \(.*\))?$/.exec(right)?.[1];
    return years ? { min_years: years === 'null' ? null : Number(years) } : null;
  },
  E: payAnswer,
  F: certificationAnswer,
  G: right => {
    if (right === 'true' || right === 'false') return { caseload: right === 'true' };
    if (right === 'none') return { employment_type: [] };
    const [, not, type] = /^(not )?([a-z_]+)$/.exec(right) ?? [];
    if (!type) return null;
    return not ? { not_employment: type } : { employment_type: [type] };
  },
};

const isPath = (word: string): word is Path => (PATH_SLUGS as string[]).includes(word);

function jobAnswer(right: string): Answer | null {
  const answer: Answer = {};
  for (const part of right.split(', ')) {
    const second = part.replace(/^also | second$/, '');
    const paths = part.split(' or ');
    if (part === 'nonclinical' || part === 'clinical' || part === 'other') answer.relevance = part;
    else if (part === 'no tie') answer.relevance = 'other';
    else if (part === 'caseload true') answer.caseload = true;
    else if (second !== part && isPath(second)) answer.also = [second];
    else if (paths.every(isPath)) {
      answer.primary = paths;
      answer.relevance ??= 'nonclinical';
    } else if (letters(part)) answer.verdicts = letters(part) ?? {};
    // "not management" follows from the primary path that is named beside it.
    else if (!/^not [a-z-]+$/.test(part)) return null;
  }
  return answer;
}

/** `nbnbb`: the verdicts by their first letters, in the order of the credentials. */
function letters(word: string): Record<Credential, Verdict> | null {
  if (!/^[npiobu]{5}$/.test(word)) return null;
  const verdict = (letter: string): Verdict => VERDICTS.find(one => one.startsWith(letter)) ?? 'unknown';
  return Object.fromEntries(CREDENTIALS.map((credential, at) => [credential, verdict(word.charAt(at))])) as Record<Credential, Verdict>;
}

const NAMED: readonly Verdict[] = ['named', 'preferred', 'implied'];

function verdictAnswer(right: string): Answer | null {
  if (right === 'names nobody') return { never: { credentials: CREDENTIALS, verdicts: NAMED } };
  if (right === 'no assistant is named') return { never: { credentials: ['OTA', 'PTA'], verdicts: NAMED } };
  if (right === 'bar nobody') return { never: { credentials: CREDENTIALS, verdicts: ['barred'] } };
  if (right === 'not deferred') return { never: { credentials: CREDENTIALS, verdicts: ['unknown'] } };
  const all = letters(right.replace(/ unless .*$/, ''));
  if (all) return { verdicts: all };
  const some = right.split(', ').map(part => /^(OTA|OT|PTA|PT|SLP) ([npiobu])$/.exec(part));
  if (some.some(one => one === null)) return null;
  return {
    verdicts: Object.fromEntries(
      some.map(one => [one?.[1], VERDICTS.find(verdict => verdict.startsWith(one?.[2] ?? '-'))]),
    ) as Answer['verdicts'],
  };
}

function payAnswer(right: string): Answer | null {
  if (right === 'null') return { pay: null };
  if (/^(hour|day|week|month|year|visit)$/.test(right)) return { pay: { interval: right as Pay['interval'] } };
  const bounds = [...right.matchAll(/(min|max) (null|[\d.]+)/g)];
  if (bounds.length > 0)
    return { pay: Object.fromEntries(bounds.map(([, name, value]) => [name, value === 'null' ? null : Number(value)])) };
  const [, min, max = min, interval] = /^([\d.]+)(?:-([\d.]+))?(?: (hour|day|week|month|year|visit))?$/.exec(right) ?? [];
  if (min === undefined) return null;
  return { pay: { min: Number(min), max: Number(max), ...(interval ? { interval: interval as Pay['interval'] } : {}) } };
}

/** Letters of a certification, or else the words before "certificate" or the whole wording. */
function namesIn(text: string): string[] {
  const capitals = text.match(/\b[A-Z]{3,}\b/g);
  if (capitals) return capitals;
  return [/^(?:an? )?(.+?) certificate\b/i.exec(text)?.[1] ?? text];
}

function certificationAnswer(right: string, text: string): Answer | null {
  if (right === 'none') return { certifications: [] };
  if (right.startsWith('not required')) return { not_required: true };
  if (right === 'their own names') return { certifications: [{ name: text, need: null }] };
  const one = /^(?:both |all )?(required|preferred)$/.exec(right)?.[1] as Wanted['need'] | undefined;
  if (one) return { certifications: namesIn(text).map(name => ({ name, need: one })) };
  if (/^[A-Z]+$/.test(right)) return { certifications: [{ name: right, need: null }] };
  const groups = right.split(', ').map(part => /^([A-Z]+(?: and [A-Z]+)*) (required|preferred)$/.exec(part));
  if (groups.some(group => group === null)) return null;
  return {
    certifications: groups.flatMap(group => (group?.[1] ?? '').split(' and ').map(name => ({ name, need: group?.[2] as Wanted['need'] }))),
  };
}

/** What of a case does not hold, one clause each; empty when all does. */
export function failuresOf({ input, answer }: KindCase, classify: Classify): string[] {
  const got = classify(input);
  const wrong: string[] = [];
  const demand = (holds: boolean, what: string, said: unknown) => {
    if (!holds) wrong.push(`${what}, got ${JSON.stringify(said)}`);
  };
  const { relevance, primary, also, verdicts, never } = answer;
  const paths = got.paths.map(({ path }) => path);
  if (relevance) demand(got.relevance === relevance, relevance, got.relevance);
  if (primary)
    demand(
      primary.some(path => path === paths[0]),
      `primary ${primary.join(' or ')}`,
      paths[0],
    );
  if (also)
    demand(
      also.every(path => paths.includes(path)),
      `also ${also.join()}`,
      paths,
    );
  for (const credential of CREDENTIALS) {
    const said = got.verdicts?.[credential].verdict;
    const wanted = verdicts?.[credential];
    if (wanted) demand(said === wanted, `${credential} ${wanted}`, said);
    if (never?.credentials.includes(credential))
      demand(said !== undefined && !never.verdicts.includes(said), `${credential} not ${never.verdicts.join()}`, said);
  }
  return [...wrong, ...facetFailures(answer, got)];
}

function facetFailures(answer: Answer, { facets }: Classification): string[] {
  const wrong: string[] = [];
  const demand = (holds: boolean, what: unknown, said: unknown) => {
    if (!holds) wrong.push(`${JSON.stringify(what)}, got ${JSON.stringify(said)}`);
  };
  const { work_mode, min_years, pay, certifications, employment_type, not_employment, caseload } = answer;
  if (work_mode !== undefined) demand(facets.work_mode === work_mode, work_mode, facets.work_mode);
  if (min_years !== undefined) demand(facets.min_years === min_years, min_years, facets.min_years);
  if (pay !== undefined) demand(holdsPay(pay, facets.pay), pay, facets.pay);
  if (certifications) demand(holdsCertifications(certifications, facets.certifications), certifications, facets.certifications);
  if (answer.not_required) demand(!facets.certifications.some(({ need }) => need === 'required'), 'none required', facets.certifications);
  if (employment_type)
    demand([...facets.employment_type].sort().join() === employment_type.join(), employment_type, facets.employment_type);
  if (not_employment)
    demand(!(facets.employment_type as string[]).includes(not_employment), `not ${not_employment}`, facets.employment_type);
  if (caseload !== undefined) demand(facets.caseload === caseload, `caseload ${caseload}`, facets.caseload);
  return wrong;
}

function holdsPay(wanted: Partial<Pay> | null, got: Pay | null): boolean {
  if (wanted === null || got === null) return wanted === got;
  return (Object.keys(wanted) as (keyof Pay)[]).every(key => wanted[key] === got[key]);
}

/** As many as wanted, each under a name that holds the wanted one. */
function holdsCertifications(wanted: readonly Wanted[], got: readonly { name: string; need: string }[]): boolean {
  const holds = ({ name, need }: Wanted) =>
    got.some(one => one.name.toLowerCase().includes(name.toLowerCase()) && (need === null || one.need === need));
  return got.length === wanted.length && wanted.every(holds);
}

/** By letter and over all: how many cases there are, and how many hold. */
export function scoreKinds(cases: readonly KindCase[], classify: Classify): { letter: string; of: number; right: number }[] {
  const judged = cases.map(one => ({ letter: one.letter, right: failuresOf(one, classify).length === 0 }));
  const score = (letter: string, some: typeof judged) => ({ letter, of: some.length, right: some.filter(({ right }) => right).length });
  const byLetter = [...new Set(judged.map(({ letter }) => letter))].map(letter =>
    score(
      letter,
      judged.filter(one => one.letter === letter),
    ),
  );
  return [...byLetter, score('all', judged)];
}
