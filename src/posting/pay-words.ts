/** The words around a figure that tell base pay from other money. Used by pay.ts and pay-statement.ts alone. */

/** Words and signs that announce pay. */
export const LABEL =
  /[💰💵💸💲🤑💷💶]|(?<!\b(?:clients|families|patients|members|customers|parents) )\b(?:salary|salaries|salaried|pay|paid|pays|paying|compensation|comp|wages?|rates?|base|earn|you(?: will| would|['’]ll|['’]d)? make|hourly|annual|annually|annualized|remuneration|income|money|w-?2|range|offer(?:ing|s)?|budgeted|(?:starts|begins)(?= at)|step|(?:columns?|lanes?|levels?|grades?)(?=\s(?:[ivx]{1,4}|\d{1,2}|[bm][as]\d{0,2})\b)|starting|minimum|min|maximum|max|midpoint|cash(?=:?\s?$)|by the (?:hour|day|week|month|visit)|(?:bills?|invoices?)(?= us\b| for (?:your|the) (?:hours|time)\b)|(?:gross|net|weekly|monthly|yearly)(?=(?:\s\w{1,12})?:)|per (?:visit|evaluation|assessment|session|screening|treatment|consultation))\b/giu;

/** What a list of rates says each is for: "Eval $95, visit $80, SOC $115". */
export const VISIT_BEFORE =
  /\b(?:visits?|evals?|evaluations?|re-?visits?|routine|sessions?|soc|roc|start of care|recerts?|recertifications?|reassessments?|discharges?|follow-?ups?)(?:\s(?:pays?|paid|at|are|is|from|between|start|begin)){0,3}[\s:@=]{1,3}$/giu;

/** The label a single figure without a currency needs right before it: "Salary: 94,383". */
export const BARE_LABEL =
  /(?:^\s*|\b(?:salary|pays?|paid|wages?|rate|compensation|step|flat|min(?:imum)?|max(?:imum)?)(?:\s(?:range|rate|band|scale|is|of))?[\s:(]{0,3})$/iu;

/** A figure called base pay right behind it: "$85k base". */
export const BASE_AFTER =
  /^\+?\s?(?:(?:(?:is|as) )?(?:base|salary|annual salary|base salary|starting)\b|(?:\+|plus)\s(?:an? )?(?:\w+ )?(?:commissions?|bonus|benefits|equity|tips|mileage)\b)/iu;

/** Words that announce other money. Whichever stands closest before the figure decides. */
export const TRAP =
  /\b(?:sign(?:ing)?[- ]?on|signing|bonus(?:es)?(?!\s?(?:eligib|potential|pool))|referrals?|referred|retention|relocation|stipends?|reimburs\w{0,10}|tuition|401\s?\(?k\)?|403\s?\(?b\)?|457|loans?|allowances?|differentials?|shift diff|ote|on[- ]target|target earnings|total earnings|commissions?|incentives?|revenues?|budgets?|funding|funds?|raised(?! (?:to|by|after|once))|grants?(?![- ](?:funded|limited|position|appointment|term))|deductible|insurance|coverage|liability|invest(?:ment|ments|ed|ing)|(?<!\bflat )fees?(?![- ]for[- ]service)|no[- ]shows?|cancell?ations?|missed visits?|capital|net worth|quotas?|sales of|assets?|donat\w{0,6}|valued|worth|savings?|match(?:ing)?|pto|credits?|ceus?|con-?ed|continuing education|education|mileage|potential|first[- ]year|year one|last year|top rep|(?<!\b(?:hiring|hires|offers?|appointments?|pay|salary|salaries|rates?) )typically|average|gift|discounts?|scholarships?|housing|lodging|meals?|completion|payments? of|costs?|spend|spent|prizes?|lump|awards?(?![- ]winning)|awarded|paid (?:work )?(?:samples?|trials?|tests?|exercises?)|contests?|winners?|reward(?!\s*:?\s*$)|rewards (?:program|points)|lunch|parking|copay|premiums?|hsa|fsa|accounts?|portfolio|deals|deal size|acv|arr|spending|draw|bills?(?! us\b| for (?:your|the) (?:hours|time)\b)|billed|(?:clients|families|patients|members|customers|parents) pay|charges?|charged|saves?|saved|saving|cell|phone|internet|gas|gym|uniforms?|claims?|debts?|overtime|call pay|on[- ]call(?! (?:rotation|schedule|shifts?|days|duty|weekends?))|holiday pay|another|(?<!\b(?:hiring|hires|offers?|appointments?|pay|salary|salaries|rates?) )usually|separately|would come to|extra|additional(?!\s(?:info\w*|details?|notes?|comments?)\b)|(?:perks?|benefits?) (?:up to|of|worth|include\w{0,2})|(?:per|by the) (?:chart|piece|record|article|item|question))\b/giu;

/** Other money that is the pay of a job that has none else: a draw against commission, a fellow's stipend. */
export const STAND_IN = /(?:guaranteed|\b(?:pays?|compensation|salary|paid)\b[^.;]{0,30})\sdraws?\b|\bstipends?\b/giu;

/** A base figure named as such right before it, whatever on-target figure the sentence began with. */
export const BASE_LABEL =
  /\b(?:base|fixed (?:part|pay|portion|salary)|guaranteed)(?:\s(?:salary|pay|compensation|range|of|is|from|at))*[\s:]{0,3}$/iu;

/** What makes the whole sentence speak of hoped-for money, whatever label stands beside it. */
export const HOPE =
  /\b(?:potential(?:ly)?|ote|on[- ]target|target earnings|total earnings|(?:could|can) (?:earn|make)|(?:would|might) come to|with everything|all in\b|all told|typically land|most (?:\w+ )?(?:earn|make)|top (?:performers|earners|reps?))\b/iu;

/** Intervals spoken of before the figure: "hourly rate", "annual base salary", "pay per visit". Not "bi-weekly". */
export const INTERVAL_BEFORE =
  /(?<!\b(?:bi|semi)[- ]?)\b(?:hourly|annual|annually|annualized|yearly|weekly|monthly|daily|(?:per|by the) (?:hour|year|annum|week|month|day|visit|evaluation|assessment|session|screening|treatment|consultation)|(?:hour|day|week|month|visit)(?=[- ]rates?\b))\b/giu;

/** Units that are no interval of pay; looked for directly behind the figure. */
export const OTHER_UNIT =
  /^[\s)]{0,3}(?:(?:usd|dollars?)\s)?(?:(?:for )?(?:each|every|an?)\s(?:[a-z][a-z-]{1,20}\s){0,3}?(?:items?|questions?|videos?|modules?|chapters?|appeals?|charts?|lessons?)\b|for\s(?:[a-z-]{2,20}\s){0,2}?(?:items|questions|articles|videos|modules|chapters|lessons)\b|(?:per\s|\/\s?|an?\s|each\s|every\s|for each\s|for every\s)(?:(?!(?:hour|hr|h|day|week|wk|month|mo|year|yr|annum|visit)\s)[a-z]+ )?(?:credits?|items?|questions?|videos?|modules?|chapters?|appeals?|charts?|lessons?|students?|referrals?|hires?|hired|placements?|articles?|words?|pages?|cases?|reports?|units?|class(?!room)|course|miles?|tests?|lectures?|loads?|semesters?|terms?|pay period|paycheck|checks?|assignments?|projects?|persons?|famil(?:y|ies)|employees?|participants?|shifts?|reviews?|pieces?|inspections?|enroll?ments?|delivery|member|quarter|trips?|two weeks|other week|night)\b|\/?\s?(?:bi|semi)[- ]?(?:weekly|monthly|annual)|quarterly\b|one[- ]time\b|once\b(?!\s(?:you|the|your|that|certified|licensed|trained|released|promoted|qualified)))/iu;

const TRAP_AFTER =
  /^[ \t\u00a0*]{0,2}\+?\s?(?:ote|on[- ]target)\b(?!:)|^[ \t\u00a0*]{0,2}(?:(?:in|of|towards?|for|as an?|an?|the|annual|yearly|annually|a year|per year|monthly)\s){0,2}(?:(?:quarterly|performance|recruitment|hiring|hire|welcome|new|start|team|productivity|student|tuition|company|employer|cash|up|marketing|travel|meal|health|wellness|technology|equipment|phone|internet|uniform|license|licensure|moving|event|weekend|evening|night|home[- ]office)[- ]){0,2}(?:sign(?:ing)?[- ]?on|bonus(?:es)?(?!\s?(?:eligib|potential|pool))|referrals?|retention|relocation|stipends?|reimburs\w{0,10}|tuition|loans?|allowances?|differentials?|(?:night|evening|weekend|shift|charge)[- ]diff|ote|on[- ]target|commissions?|incentives?|revenues?|budgets?|deductible|life insurance|insurance|coverage|liability|investment|fees?|liquid|net worth|quotas?|sales|assets|match(?:ing)?|ceus?|con-?ed|continuing education|scholarships?|gift|indirect|variable|mileage|for (?:your|the) team|lump sum|education|student|housing|off\b|discounts?|spend|deals?|book of business|portfolio|donation|savings|call pay|on[- ]call)\b(?!:)/iu;

/** Behind one figure: more than the base is counted in it. */
const TOTAL_AFTER =
  /^\s?(?:(?:a|per) year\s|annually\s)?(?:in (?:your|the) first year (?:with|including)|including|incl\.|counting)\s(?:your\s)?(?:commissions?|bonus(?:es)?|incentives?)\b/iu;

/** What is paid for less than the work itself: a visit that came to nothing, paperwork, the way there. */
const BESIDE_THE_WORK =
  /^[\s,]{0,2}\(?(?:for|if|when|per|each|an?|as an?)\s(?!(?:visits|sessions|treatments?|contact|direct|patients?|care|teaching)\b)(?:[a-z'’-]{1,14}\s){0,4}(?:no[- ]shows?|cancel\w*|missed|not home|(?:nobody|no[- ]?one)\b[^.;]{0,24}|isn['’]t (?:home|there)|(?:not|n['’]t) (?:turn|show)|documentation|documenting|notes|charting|admin\w*|paperwork|meetings?|drive time|travel time|driving|orientation|training|enroll?ments?|sign[- ]?ups?)\b/iu;

/** Whether a figure that ends here pays for less than the work: "$15 for a no-show". */
export function isBesideTheWork(text: string, end: number): boolean {
  return BESIDE_THE_WORK.test(text.slice(end, end + 64));
}

/** A figure that counts something ("a $90,000 supplies line"): the article before it, and a word behind it that is none of pay. */
export const A_BEFORE = /\ban?\s$/iu;
export const NOUN_AFTER =
  /^\s(?!(?:usd|base|salary|annual|yearly|year|starting|minimum|guarantee\w*|flat|gross|pay|wage|rate|hourly|weekly|monthly|draw|full[- ]time|part[- ]time|per|an?|and|or|with|for|plus|to|at|in|on|if|when|while|depending|based|doe|stipend)\b)[a-z]/iu;

/** Behind one figure: it is where the pay begins. "A starting salary" is a figure of its own. */
export const AT_FIRST =
  /^[\s,]{0,2}(?:(?:(?:base|salary|base salary|base pay)\s)?to (?:start|begin)(?: with)?|at (?:the )?(?:start|entry|hire)|(?:when|as) you (?:start|begin)|starting|entry)\b(?!\s(?:salary|pay|wage|rate|step|level|in|on|from))|^\s?\(?min(?:imum)?\b\.?(?=$|[,;.)\n])/iu;

/** Behind one figure: it is the most that is paid. */
export const AT_MOST = /^\s?\(?(?:max(?:imum)?\b\.?(?=$|[,;.)\n])|at (?:the )?most\b)/iu;

/** True when the words behind the figure make it other money: "$5,000 sign-on", "$6 night differential". "plus bonus" does not. */
export function trapAfter(text: string, end: number): boolean {
  const behind = text.slice(end, end + 48);
  return TRAP_AFTER.test(behind) || TOTAL_AFTER.test(behind) || isBesideTheWork(text, end);
}

/** Offset of the last word of `pattern`, which is global, in `text`, -1 without one. */
export function closestWord(pattern: RegExp, text: string): number {
  let last = -1;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) last = match.index;
  return last;
}

/** The words before a figure that can speak of it: its sentence, and a short heading on the line above. At most 120 characters. */
export function leadIn(text: string, start: number): string {
  const window = text.slice(Math.max(0, start - 120), start);
  const lines = window.split('\n');
  const line = lines.pop() ?? '';
  // "SALARY. Instructor, $58,000": a heading within the line announces what follows.
  const sentence =
    line.split(/(?<!(?<!\w\s)\b(?i:salary|compensation|pay|wages))[.;!?](?:\s|(?=[A-Z][a-z]))|[•·|]|,\s(?=plus\b)/u).at(-1) ?? '';
  if (sentence !== line || sentence.trim().length > 12) return sentence;
  const heading = lines.findLast(above => above.trim() !== '') ?? '';
  // An item of a list, a field, a sentence and a line with a figure of its own are no heading.
  if (/^\s*[-*•·–]\s|[$£€]\s?\d/u.test(heading) || isFieldOrSentence(heading)) return sentence;
  const announces = heading.trim().length <= 60 || heading.trimEnd().endsWith(':');
  return announces && lines.length > 0 ? `${heading.trim()} ${sentence}` : sentence;
}

/** "Promotion potential: 12" and "There's no quota." speak of nothing below them. */
const isFieldOrSentence = (line: string): boolean => /:\s*\S|[.!?]\s*$/u.test(line);

const WAY_OF_WORK =
  '(?:(?:full[- ]?time|part[- ]?time|prn|per diem|temporary|contract|permanent|hybrid|remote|on[- ]?site|in[- ]office|home[- ]based|exempt|salaried)(?: (?:position|role|job|post|hire))?|(?:fellow|intern|trainee|apprentice)ship|appointment)';
const QUANTITY =
  '(?:\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)[- ](?:\\w+[- ]){0,2}(?:hours?|days?|weeks?|months?|weekends?)\\b';
const PERK =
  '(?:generous|good|great|health|medical|dental|pension|retirement|leave|paid|pto|vacation|holidays?|summers?|state|union|no (?:nights|weekends|evenings|on-call))\\b';
/** Where a figure that is announced by nothing may begin: a sentence, a line, or behind how one is employed. */
const ALONE_BEFORE = new RegExp(
  `(?:^|[.;!?)]\\s|\\b(?:grade|step|band|range|rank|lane) (?:[a-z]|\\d{1,2}|[ivx]{1,4}),?\\s|\\n|[•*·|–—-]\\s|\\p{Extended_Pictographic}\\uFE0F?\\s?|\\b${WAY_OF_WORK}(?:,| at| for|:| -)?\\s(?:${QUANTITY},\\s)?)\\s*(?:from|up to|about|around)?\\s*$`,
  'iu',
);
/** What ends it: the sentence, how one is employed, or what comes on top. */
const ALONE_AFTER = new RegExp(
  `^\\s?(?:$|\\n|[|•·]|[.;)](?:\\s|$)|,\\s(?:and\\s)?(?:${QUANTITY}|${PERK})|,?\\s?(?:and\\s)?${WAY_OF_WORK}\\b|,?\\s?(?:plus|with|while|and|\\+)\\s?(?:you|an?|full|benefits?|mileage|car|commissions?|bonus\\w*|productivity|incentives?|equity|health|overtime|tips)\\b|,\\s(?:depending|based|commensurate|negotiable|doe\\b))`,
  'iu',
);
const BESIDE_WORK = new RegExp(`\\b${WAY_OF_WORK}(?:,| at| for|:)?\\s(?:${QUANTITY},\\s)?$|^[,.;]?\\s?(?:and\\s)?${WAY_OF_WORK}\\b`, 'iu');

/**
 * How plainly an unannounced figure from `start` to `end` stands for the pay: "sentence" when it is a sentence or list entry of its own
 * ("$65,000."), "work" when it stands beside how one is employed ("$105,000, full-time"); null when neither.
 */
export function standsAlone(text: string, start: number, end: number): 'sentence' | 'work' | null {
  const before = text.slice(Math.max(0, start - 40), start);
  const after = text.slice(end, end + 40);
  if (!ALONE_BEFORE.test(before) || !ALONE_AFTER.test(after)) return null;
  if (BESIDE_WORK.test(before) || BESIDE_WORK.test(after)) return 'work';
  const line =
    text
      .slice(Math.max(0, start - 80), start)
      .split('\n')
      .at(-1) ?? '';
  return closestWord(TRAP, line) < 0 && closestWord(TRAP, leadIn(text, start)) < 0 ? 'sentence' : null;
}

const HOURS = '(?:hours?|days|weeks?|mornings|afternoons|evenings|weekends?)(?: a week| weekly)?';
/** Where a sum may begin that nothing announces: a sentence, a line, a clause, or right behind the hours and how one is employed. */
const BEGINS = new RegExp(
  `(?:^|[.!?:;,)]\\s{1,2}|\\n\\s*|[•*·|]\\s|\\b(?:gross|weekly)(?: of)?\\s|\\b(?:${WAY_OF_WORK}|${HOURS})(?: at)?\\s)(?:from )?$`,
  'iu',
);
/** What behind it makes it something else: "$14 per entry", "$40,000 for half". */
const GOES_ON = /^\s?(?:per|apiece|each|an?|for|in|set|of|down|all[- ]in|cash|liquid|franchise|minimum (?:liquid|investment|capital))\b/iu;

/** Whether a sum that nothing announces may be the pay of a text that names no other. */
export function mayBePay(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 80), start);
  return BEGINS.test(before) && !GOES_ON.test(text.slice(end, end + 32)) && closestWord(TRAP, before.split('\n').at(-1) ?? '') < 0;
}

/** A text in which one buys what one works in: its sums are prices. */
const BUYS_IN =
  /\b(?:franchis(?:e|es|ee|ees|or|ors|ing)|royalt(?:y|ies)|net worth|liquid (?:capital|assets)|buy[- ]in|half[- ]owner|partners? who)\b/iu;
export const sellsItself = (text: string): boolean => BUYS_IN.test(text);

/** Other money named with its own figure right before: "$5,000 sign-on and $35-$40/hr". */
export const MONEY_BEFORE = /[$£€]\s?[\d,.]{1,9}k?[-\s](?:[a-z-]{1,20}\s){0,3}[a-z-]{1,20}\s?(?:,|\band|\bplus|&|\+)\s?$/iu;

/** Behind a figure: what is paid at one stage, beside what is paid at the next ("while learning", "after promotion"). */
export const STAGE =
  /^[\s,]{0,2}(?:(?:while|during|in|for) (?:your |the )?(?:learning|training|probation\w{0,6}|orientation|apprenticeship|first (?:month|year|90 days))|the first (?:month|year|90 days)|(?:at|to) (?:the )?(?:start|begin|hire)|later|thereafter|afterwards?|(?:after|upon|once|on) (?:you |the |your |that|promotion|completion|training|probation|certification|licens|passing|\w+ (?:months|days))|(?:on|for) (?:the )?(?:days?|nights?|evenings?|weekdays?|weekends?|swings?|(?:first|second|third|day|night|evening|swing|weekend) shifts?)\b)/iu;
