import {
  A_BEFORE,
  AT_FIRST,
  AT_MOST,
  BARE_LABEL,
  BASE_AFTER,
  BASE_LABEL,
  closestWord,
  HOPE,
  INTERVAL_BEFORE,
  isBesideTheWork,
  LABEL,
  leadIn,
  MONEY_BEFORE,
  mayBePay,
  NOUN_AFTER,
  OTHER_UNIT,
  STAGE,
  STAND_IN,
  standsAlone,
  TRAP,
  trapAfter,
  VISIT_BEFORE,
} from './pay-words.ts';
import type { PayInterval } from './posting.ts';

/** Longest text taken for a board's pay field rather than running text. */
const PAY_STRING = 40;
/** What one unit of work can plausibly pay. Outside of it a figure is no base pay, or its interval is misread. */
const PLAUSIBLE: Record<PayInterval, readonly [number, number]> = {
  hour: [7, 999],
  visit: [15, 999],
  day: [50, 9_999],
  week: [150, 29_999],
  month: [600, 99_999],
  year: [8_000, 2_999_999],
};
/** Without a stated interval only these two magnitudes are unambiguous: an hourly wage and a yearly salary. */
const INFERRED: readonly (readonly [PayInterval, number, number])[] = [
  ['hour', 7.25, 250],
  ['year', 15_000, 1_500_000],
];
/** So much is nobody paid a week or a month. */
const TOO_MUCH: Partial<Record<PayInterval, number>> = { week: 15_000, month: 40_000 };
const KNOWN_MAGNITUDE = new Set(['USD', 'CAD', 'AUD', 'NZD', 'GBP', 'EUR', 'SGD', 'CHF']);

const UNITS: Record<string, PayInterval> = {
  ...{ hour: 'hour', hr: 'hour', h: 'hour', hourly: 'hour', ph: 'hour', 'p/h': 'hour' },
  ...{ year: 'year', yr: 'year', annum: 'year', annual: 'year', annually: 'year', annualized: 'year', yearly: 'year', 'p.a': 'year' },
  ...{ week: 'week', wk: 'week', weekly: 'week', month: 'month', mo: 'month', monthly: 'month' },
  ...{
    day: 'day',
    daily: 'day',
    visit: 'visit',
    session: 'visit',
    evaluation: 'visit',
    eval: 'visit',
    screening: 'visit',
    assessment: 'visit',
  },
  ...{
    appointment: 'visit',
    consult: 'visit',
    consultation: 'visit',
    encounter: 'visit',
    treatment: 'visit',
    exam: 'visit',
    service: 'visit',
    massage: 'visit',
    home: 'visit',
    'start of care': 'visit',
    recert: 'visit',
    recertification: 'visit',
    reassessment: 'visit',
    discharge: 'visit',
    house: 'visit',
  },
};
const CURRENCIES: Record<string, string> = {
  ...{
    $: 'USD',
    us$: 'USD',
    usd: 'USD',
    dollar: 'USD',
    dollars: 'USD',
    c$: 'CAD',
    ca$: 'CAD',
    cad: 'CAD',
    a$: 'AUD',
    au$: 'AUD',
    aud: 'AUD',
  },
  ...{ s$: 'SGD', sg$: 'SGD', hk$: 'HKD', '₹': 'INR' },
  ...{ nz$: 'NZD', '£': 'GBP', gbp: 'GBP', '€': 'EUR', eur: 'EUR', euro: 'EUR', euros: 'EUR', zł: 'PLN' },
};

// Every pattern is bounded: no run longer than its count is ever taken back, so reading is linear in the text.
const FIGURE = String.raw`(?:\d{1,3}(?:,\d{3}){1,2}(?:\.\d{1,2})?|\d{2,3}[ \u00a0\u202f]\d00(?![\d.,])|\d{1,3}\.\d{3}(?![\d.,])|\d{1,7}(?:\.\d{1,4})?)(?!\d)`;
const CODES = 'USD|CAD|AUD|NZD|GBP|EUR|SGD|HKD|CHF|SEK|NOK|DKK|PLN|INR|MXN|BRL|AED|ZAR|ILS|PHP';
const SIGN = String.raw`(?:(?<![a-z])(?:(?:USD?|CAD|AUD|NZD?|SGD|HKD?)\s?\$|(?:CA?|AU?|S)\$)|[$£€₹]|zł|(?<![a-z])(?:${CODES})\s?)`;
const SUFFIX = String.raw`\s?(?:(?:${CODES}|dollars?|euros?)\b|€(?![\d\u2122“”¢¦])|zł(?!\d)|[£$](?!\s?\d))`;
/** A run of digits that may begin an amount; numbers inside codes, dates and telephone numbers begin none. */
export const DIGITS = /(?<![\d.,#/-]|\d[-–]|\b[A-Za-z])\d[\d,.]*/gu;
const SIGN_BEFORE = new RegExp(`${SIGN}\\s?$`, 'iu');
const LONGEST_SIGN = 7;
const AMOUNT = new RegExp(`(?<figure>${FIGURE})(?<k>\\s?(?:k|thousand|grand)\\b)?(?<suffix>${SUFFIX})?`, 'iuy');
const SECOND = new RegExp(`(?<sign>${SIGN})?\\s?(?<figure>${FIGURE})(?<k>\\s?(?:k|thousand|grand)\\b)?(?<suffix>${SUFFIX})?`, 'iuy');
/** What a bare small number needs close behind it to be money: "20-40 dollars an hour". */
const MONEY_BEHIND = new RegExp(`^[^\\n]{0,14}?(?:${CODES}|dollar|euro|[$£€]|k\\b|thousand|grand)`, 'iu');
const NO_MONEY = /\s?(?:%|percent|million|billion|mm?\b|bn?\b|x\b)/iuy;
const SEPARATOR =
  /\s{0,3}(?:->|-{1,3}|[\u2010-\u2015\u2212~\u301C]|to|through|thru|and|up to|[→➔⟶]|to a max(?:imum)? of|(?:and )?(?:tops? out|topping out) at|(?:, ?)?(?:and |then )?(?:rises|rising|goes|going|climbs|climbing|grows|growing)(?: up| (?:by|in|over|through) [^.;\n$]{1,30})? to|\.{2,3}|…|(?<=\d)(?=[$£€]\d))\s{0,3}/iuy;
const ASIDE =
  /\s?\([^()\n]{1,40}\)|,?\s(?:at (?:hire|entry|the start|start)|to start|starting|on hire|(?:in|during) (?:the|your) first year|with (?!everything|all\b|bonus|commission|incentive)[^.;,\n$]{1,24}(?= up to))\b/iuy;
const FILLER =
  /\s?\((?:step|grade|level|lane|column|top|entry)\b[^()\n]{0,20}\)|[\s(]{0,3}(?:usd|cad|gross|net|base|direct|flat|salary|wages?|rate|total|to start|doe|doq|d\.o\.e\.?|depending on experience|based on experience|guaranteed|blended|w-?2|1099|equivalent|compensation|paid)\b\)?,?/iuy;
/** Words between "per" and its unit that make it another one, or none: "an extra hour", "$500 a trip and an hour". */
const NO_KIND =
  'of|in|on|at|to|for|from|with|and|or|per|a|an|the|each|every|after|before|by|is|are|as|if|extra|additional|overtime|missed|cancell?ed|late|second|next|first|last|no-show|training|documentation|admin|indirect|credit|hours?|hrs?|days?|weeks?|wk|months?|mo|years?|yr|visits?';
/** Boards that lose line ends glue the next heading on: "per hourBenefits". */
const INTERVAL = new RegExp(
  String.raw`[\s()*]{0,3}(?:(?:/\s?|per\s|an?\s|each\s|every\s|for (?:each|every|an?|the)\s)(?:(?!(?:${NO_KIND})\s)(?:[a-z][a-z-]{1,15}|\d{1,2}-hour|\d\d[- ]min(?:ute)?)\s){0,2}(hour|hr|h|year|yr|annum|week|wk|month|mo|day|visit|session|evaluation|eval|screening|assessment|appointment|consultation|consult|encounter|treatment|exam|service|massage|home|house|start of care|recert(?:ification)?|reassessment|discharge)s?(?:\b|(?=(?-i:(?<=[a-z])[A-Z])))|(?<= )(?:routine|regular|standard|completed|follow-?up)\s(visit)s?\b|(hourly|annually|annual|annualized|yearly|weekly|monthly|daily|p/h|ph|p\.a|yr|hr|hour)(?!\s(?:bonus|incentive|commission|target|review|raise|increase|profit|draw|stipend))(?:\b|(?=(?-i:(?<=[a-z])[A-Z]))))`,
  'iuy',
);
/** A unit told as what is done ("for a visit", "a start of care"), not as what is paid by. */
const FOR_ONE = /^[\s(*]{0,3}(?:for (?:an?|the)|an?)\s/iu;
const OPEN_END =
  /\s?(?:\+(?!\s?(?!(?:base|salary|an?|and|per|annual(?:ly)?|yearly|doe|depending|based)\b)[\w%$])|(?:and|&)\s(?:up|above|more)\b|or more\b|plus(?=\s?(?:\/|per\s(?!diem))))/iuy;

type Amount = { value: number; written: string; sign: string | null; end: number };
/** One statement of pay: a figure or a range. `firm` when a label or a stated interval stands behind it. */
export type Statement = {
  low: number | null;
  high: number | null;
  currency: string;
  interval: PayInterval;
  /** The word its unit is written with: pay by the visit and by the evaluation are two things. */
  unit: string | null;
  firm: boolean;
  /** A draw or a stipend, which is the pay where nothing else is. */
  standsIn: boolean;
  /** Nothing around it says that it is pay; it may be where a text names no other. */
  unannounced: boolean;
  start: number;
  end: number;
};

function sticky(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function amountOf(match: RegExpExecArray, text: string, before?: string): Amount | null {
  const { sign = before, figure = '', k, suffix } = match.groups as Record<string, string | undefined>;
  const end = match.index + match[0].length;
  if (sticky(NO_MONEY, text, end)) return null;
  const money = (suffix ?? sign)?.replace(/\s/g, '').toLowerCase() ?? null;
  // "$52,000 CAD" names its dollars behind the figure; a bare sign in front does not contradict it.
  const currency = money
    ? (CURRENCIES[money] ?? CURRENCIES[money.replace(/\$$/, '')] ?? (/^[a-z]{3}$/.test(money) ? money.toUpperCase() : null))
    : null;
  const dotted = /^\d{1,3}\.\d{3}$/.test(figure);
  if (dotted && currency !== 'EUR') return null;
  const value = Number(dotted ? figure.replace('.', '') : figure.replace(/[^\d.]/g, '')) * (k ? 1_000 : 1);
  return { value, written: figure + (k ? 'k' : ''), sign: currency, end };
}

/** The interval written behind a figure, past words such as "base" or "(DOE)"; `openEnd` for "$60,000+" and "and up". */
function tail(text: string, from: number): { interval: PayInterval | null; word: string | null; openEnd: boolean; end: number } {
  const open = sticky(OPEN_END, text, from);
  let at = open ? OPEN_END.lastIndex : from;
  const end = at;
  for (let words = 0; words <= 3; words++) {
    const interval = sticky(INTERVAL, text, at);
    if (interval) {
      const word = (interval[1] ?? interval[2] ?? interval[3] ?? '').toLowerCase();
      const unit = UNITS[word];
      // "$72 for a visit, $98 for an evaluation" is one list of rates, whatever each is for.
      if (unit) return { interval: unit, word: FOR_ONE.test(interval[0]) ? null : word, openEnd: open !== null, end: INTERVAL.lastIndex };
    }
    if (!sticky(FILLER, text, at)) break;
    at = FILLER.lastIndex;
  }
  return { interval: null, word: null, openEnd: open !== null, end };
}

function secondOf(text: string, from: number): Amount | null {
  const aside = sticky(ASIDE, text, from);
  if (!sticky(SEPARATOR, text, aside ? ASIDE.lastIndex : from)) return null;
  const match = sticky(SECOND, text, SEPARATOR.lastIndex);
  return match && amountOf(match, text);
}

/** "$60-70k" and "$100-120,000" write the thousands once. */
function sameScale(low: Amount, high: Amount): number {
  const scaled = low.value * 1_000;
  return low.value < 1_000 && high.value >= 10_000 && scaled <= high.value * 1.5 ? scaled : low.value;
}

function fits(interval: PayInterval, figures: readonly number[]): boolean {
  const [least, most] = PLAUSIBLE[interval];
  return figures.every(figure => figure >= least && figure <= most);
}

function inferred(figures: readonly number[]): PayInterval | null {
  return INFERRED.find(([, least, most]) => figures.every(figure => figure >= least && figure <= most))?.[0] ?? null;
}

/** What a figure must be to be taken for a salary though nothing says so: wider sums are prices, budgets and grants. */
function isSalary(figure: number): boolean {
  return figure >= 20_000 && figure <= 500_000;
}

/** What an hour, a week or a year of such work usually pays: other sums by themselves are mostly something else. */
function isUsual(figure: number, interval: PayInterval): boolean {
  const usual = USUAL[interval];
  return usual !== undefined && figure >= usual[0] && figure <= usual[1];
}
const USUAL: Partial<Record<PayInterval, readonly [number, number]>> = { hour: [10, 150], week: [900, 4_000], year: [20_000, 300_000] };

/** The first figure of a statement. `bare`: written like any number; `labelled`: the words right before it announce pay. */
type First = { readonly low: Amount; readonly start: number; readonly bare: boolean; readonly labelled: boolean };
/** What follows it: the other end of a range, the interval behind each, the words before, and where figures and statement end. */
type Rest = {
  readonly high: Amount | null;
  readonly stated: PayInterval | null;
  readonly word: string | null;
  readonly openEnd: boolean;
  readonly before: string;
  readonly end: number;
  readonly done: number;
};

/** Reads the statement whose first figure begins at `at`; `end` is where to read on. */
export function statementAt(text: string, at: number): { statement: Statement | null; end: number } {
  const match = sticky(AMOUNT, text, at);
  if (!match) return { statement: null, end: at + 1 };
  const first = firstOf(match, text);
  const rest = first && restOf(first, text);
  if (!rest) return { statement: null, end: at + match[0].length };
  return { statement: toStatement(first, rest, text), end: rest.done };
}

function firstOf(match: RegExpExecArray, text: string): First | null {
  const at = match.index;
  const end = at + match[0].length;
  const sign = SIGN_BEFORE.exec(text.slice(Math.max(0, at - LONGEST_SIGN), at))?.[0];
  const { figure = '', k, suffix } = match.groups ?? {};
  const bare = !sign && !k && !suffix && !/,|\.\d{2,4}$/.test(figure);
  const labelled = BARE_LABEL.test(text.slice(Math.max(0, at - 28), at));
  if (bare && !labelled && !MONEY_BEHIND.test(text.slice(end, end + 20))) return null;
  const low = amountOf(match, text, sign);
  return low && { low, start: at - (sign?.length ?? 0), bare, labelled };
}

function restOf({ low, start, bare }: First, text: string): Rest | null {
  const afterLow = tail(text, low.end);
  const second = secondOf(text, afterLow.end);
  // "Band 6 - £26,565": a small bare number before real money is the number of a grade.
  const isGrade = second?.sign && bare && low.value < (isInThousands(second) ? 20 : 100) && second.value >= 1_000;
  if (isGrade && !/thousand|grand/iu.test(text.slice(low.end, second.end))) return null;
  const high = second && isOfOneRange(low, second, text) ? second : null;
  const end = high ? high.end : low.end;
  const last = high ? tail(text, high.end) : afterLow;
  return {
    high,
    stated: last.interval ?? afterLow.interval,
    word: last.word ?? afterLow.word,
    openEnd: last.openEnd,
    before: leadIn(text, start),
    end,
    done: Math.max(end, last.end),
  };
}

function isOfOneRange(low: Amount, high: Amount, text: string): boolean {
  if (high.value >= low.value) return true;
  // "$55,000 and $75 for each": nothing has two such ends.
  if (high.value * MOST_APART < low.value) return false;
  // "and" joins two figures only when both are money, or when "between" stands before them.
  if (!high.sign && low.sign && !/[\d,.]{4,}|k$/.test(high.written)) return false;
  // "$44 for each visit and $15 for a no-show" is one rate.
  return !isBesideTheWork(text, high.end);
}

const MOST_APART = 10;

/** Whether a figure that nothing announces is the pay: a salary, or a wage by its cents ("$16.75."), as prices in postings are round. */
function isPayAlone({ value, written }: Amount, interval: PayInterval, alone: ReturnType<typeof standsAlone>): boolean {
  if (interval === 'year') return alone !== null && isSalary(value);
  return alone === 'work' || (alone !== null && interval === 'hour' && CENTS.test(written));
}
const CENTS = /\.\d\d$/;

function toStatement(first: First, rest: Rest, text: string): Statement | null {
  const { low, start } = first;
  const { high, stated, before, end, done } = rest;
  // A board's pay field holds nothing but the statement: that is label enough.
  const label = Math.max(closestWord(LABEL, before), closestWord(VISIT_BEFORE, before), text.length <= PAY_STRING ? 0 : -1);
  if (isOtherMoney(rest, label, text)) return null;
  const figures = high ? [sameScale(low, high), high.value] : [low.value];
  const currency = currencyOf(low, high);
  const interval = intervalOf(rest, figures, currency);
  if (!interval) return null;
  const alone = stated ? null : standsAlone(text, start, end);
  const announced = label >= 0 || stated !== null || (interval === 'year' && alone && isInThousands(high));
  if (!currency && !(announced && isLikelyMoney(first, rest, text))) return null;
  const firm = label >= 0 || stated !== null || isBase(rest, text);
  const unannounced = !firm && !high && !isPayAlone(low, interval, alone);
  if (unannounced && !(isUsual(low.value, interval) && mayBePay(text, start, end))) return null;
  return {
    ...(high ? { low: Math.min(...figures), high: Math.max(...figures) } : boundsOf(low.value, rest, text)),
    currency: currency ?? 'USD',
    interval,
    unit: interval === 'visit' ? rest.word : null,
    firm,
    standsIn: closestWord(STAND_IN, before) > label,
    unannounced,
    start,
    end: done,
  };
}

/** The currency of a range: a bare dollar before one figure gives way to what the other is told in. */
function currencyOf(low: Amount, high: Amount | null): string | null {
  return high?.sign && high.sign !== 'USD' ? high.sign : (low.sign ?? high?.sign ?? null);
}

/** What a single figure is: all that is paid, the most, or the least. */
function boundsOf(figure: number, { openEnd, before, done }: Rest, text: string): Pick<Statement, 'low' | 'high'> {
  if (MOST_BEFORE.test(before) || AT_MOST.test(text.slice(done, done + 24))) return { low: null, high: figure };
  // "Start of care $140" begins no range.
  const begins = LEAST_BEFORE.test(before) && closestWord(VISIT_BEFORE, before) < 0;
  const least = openEnd || begins || AT_FIRST.test(text.slice(done, done + 24));
  return { low: figure, high: least ? null : figure };
}

/** Whether a figure is called base pay, or what is paid at a stage. */
function isBase({ before, end }: Rest, text: string): boolean {
  return BASE_LABEL.test(before) || BASE_AFTER.test(text.slice(end, end + 32)) || STAGE.test(text.slice(end, end + 48));
}

/** Whether the words around the figures tell of hoped-for money, of other money, or of what is paid by another unit. */
function isOtherMoney({ high, stated, before, end, done }: Rest, label: number, text: string): boolean {
  const behind = text.slice(end, end + 56);
  if (HOPE.test(before) && !BASE_LABEL.test(before)) return true;
  const told = stated ? before.replace(STAND_IN, gap => ' '.repeat(gap.length)) : before;
  const trap = closestWord(TRAP, told);
  if (trap >= Math.max(label, 0) && !(stated && MONEY_BEFORE.test(before))) return true;
  if (!high && !stated && A_BEFORE.test(before) && NOUN_AFTER.test(behind)) return true;
  return (trapAfter(text, done) && !BASE_AFTER.test(text.slice(end, end + 32))) || OTHER_UNIT.test(behind);
}

/** The interval that is stated, spoken of before the figures, or the only one that figures of this size can have. */
function intervalOf({ stated, before }: Rest, figures: readonly number[], currency: string | null): PayInterval | null {
  const known = currency === null || KNOWN_MAGNITUDE.has(currency);
  // "$76,000 for a full-time week": a word of hours.
  if (stated && known && figures.every(figure => figure >= (TOO_MUCH[stated] ?? Number.POSITIVE_INFINITY))) return 'year';
  if (stated) return fits(stated, figures) ? stated : null;
  if (closestWord(VISIT_BEFORE, before) >= 0 && fits('visit', figures)) return 'visit';
  const spoken = before.match(INTERVAL_BEFORE)?.at(-1)?.toLowerCase().replace(/^.*\s/, '');
  const hinted = spoken ? UNITS[spoken] : undefined;
  if (hinted && fits(hinted, figures)) return hinted;
  return known ? inferred(figures) : null;
}

/** Without a currency only what is written like money counts: "41,655-72,897 a year", "Salary 94,383", never "10-20 hours". */
function isLikelyMoney({ low, labelled }: First, { high, stated, before }: Rest, text: string): boolean {
  if (!high && !BARE_LABEL.test(before)) return false;
  if (isInThousands(high) || [low, ...(high ? [high] : [])].every(({ written }) => /,\d{3}|\.\d{2,4}$|k$|^\d{5,6}$/.test(written)))
    return true;
  return labelled && stated !== null && !/^\s?-?(?:hour|hr)\b/iu.test(text.slice(low.end, low.end + 8));
}

const isInThousands = (amount: Amount | null): boolean => amount?.written.endsWith('k') === true;

/** What makes a single figure the most, or the least, that is paid. */
const MOST_BEFORE = /\b(?:up to|as much as|max(?:imum)?(?:\s[a-z]+){0,2}(?: of)?|not to exceed|no more than|top(?:s out)? at)[\s:]*$/iu;
const LEAST_BEFORE =
  /\b(?:from|start(?:s|ing)?(?:\s[a-z]+){0,6}|(?:begin|commenc|open)(?:e?s|n?ing)? at|min(?:imum)?(?:\s[a-z]+){0,2}(?: of)?|at least|no(?:t)? less than|no(?:t)? lower than|no(?:t)? under|upwards of|over|above|more than)[\s:]*$/iu;
