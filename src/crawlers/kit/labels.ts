/** What a page may label. */
export type Label = 'place' | 'posted' | 'closes' | 'pay' | 'employment' | 'department' | 'requisition';

/** The words of each label, in lower case. Those of one word that sentences begin with are left out. */
const WORDS: Readonly<Record<Label, string>> = {
  place:
    'location|locations|location(s)|job location|job locations|job location(s)|work location|work locations|primary location|place of work|city, state|city/state|job site',
  posted:
    'posted|posted on|date posted|posted date|posting date|job posted|published|date published|publication date|opening date|open date',
  closes:
    'closes|closes on|closing date|close date|application deadline|deadline|apply by|deadline to apply|applications close|expiration date|expires',
  pay: 'pay|salary|compensation|pay range|pay rate|rate of pay|salary range|compensation range|hiring range|hourly rate|hourly pay|hourly range|wage|wages|base pay|base salary|annual salary|starting salary|starting pay|salary/pay',
  employment:
    'job type|employment type|type of employment|position type|work type|contract type|schedule|work schedule|job schedule|employment status|job status|time type|full/part time|full-time/part-time',
  department: 'department|category|job category|job family|division|functional area',
  requisition:
    'job id|job number|job no|job #|job ref|job reference|requisition|requisition id|requisition number|requisition #|req id|req #|req number|posting number|posting id|position number|vacancy number|reference number|job requisition id',
};
const LABELS: ReadonlyMap<string, Label> = new Map(
  (Object.entries(WORDS) as [Label, string][]).flatMap(([label, words]) => words.split('|').map(word => [word, label] as const)),
);
/** Longer is no label, and no value of one. */
const LONGEST_LABEL = 30;
const LONGEST_VALUE = 120;
const LONGEST_VALUE_BELOW = 60;

/**
 * What the lines of a text label: `Location: Boise, ID`, or a line `Location` before a line with the place, as tables and definition lists
 * become. Every value of a label, in order, distinct.
 */
export function labelsIn(text: string): Map<Label, string[]> {
  const found = new Map<Label, string[]>();
  const lines = text.split('\n').flatMap(line => line.replace(/^- /, '').trim() || []);
  lines.forEach((line, index) => {
    const [label, value] = labeled(line, lines[index + 1]) ?? [];
    if (!label || !value) return;
    const values = found.get(label) ?? [];
    if (!values.includes(value)) found.set(label, [...values, value]);
  });
  return found;
}

function labeled(line: string, next: string | undefined): [Label, string] | null {
  const colon = line.slice(0, LONGEST_LABEL + 1).indexOf(':');
  const label = labelOf(colon > 0 ? line.slice(0, colon) : line);
  if (!label) return null;
  const beside = colon > 0 ? line.slice(colon + 1).trim() : '';
  const value = beside || (next && isValue(next) ? next : '');
  return value !== '' && value.length <= LONGEST_VALUE ? [label, value] : null;
}

const labelOf = (words: string): Label | null => (words.length > LONGEST_LABEL ? null : (LABELS.get(words.trim().toLowerCase()) ?? null));

/** Whether a line below a label is what it labels: no sentence, and no label itself, before which the upper one has nothing to say. */
function isValue(line: string): boolean {
  return line.length <= LONGEST_VALUE_BELOW && !line.endsWith('.') && labelOf(line.split(':')[0] ?? '') === null;
}
