/** How the text of a posting is laid out: bullets, headings, paragraphs, sentences. */

const BULLET = /^[ \t]*[-*•·▪●–][ \t]+(?=\S)/;

export const isBullet = (line: string): boolean => BULLET.test(line);

export const withoutBullet = (line: string): string => line.replace(BULLET, '').trim();

/** The nearest line above that is no bullet: what a list stands under. */
export function leadInOf(lines: readonly string[], at: number): string {
  return lines.slice(0, at).findLast(line => line.trim() !== '' && !isBullet(line)) ?? '';
}

/** A short line without a full stop over other lines: only what is surely a heading. */
export function isHeading(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (isBullet(line) || line.length > 50 || !/^[A-Z][A-Za-z' &/-]+:?$/.test(line)) return false;
  return line.split(' ').length <= 6 && (isBullet(lines[at + 1] ?? '') || (line.endsWith(':') && (lines[at + 1] ?? '') !== ''));
}

/** Words after which a list goes on or depends on its neighbors, so that a member cannot stand alone. */
const LEANS = /(?:[:;,]|\b(?:and|or|of|the following|either|plus))$/i;
/** A line that says how many of the members below are meant. */
export const COUNTS = /\b(?:one|any|either|some|all|none|two|each) of\b|\bfollowing\b|\beither\b|\bone or more\b/i;

/** Whether each of some lines is a statement of its own, whatever stands before and after it. */
export function standAlone(items: readonly string[], leadIn: string): boolean {
  return (
    items.length > 1 && !COUNTS.test(leadIn) && items.every(item => item.length < 300 && !LEANS.test(item) && !/^(?:or|and)\b/i.test(item))
  );
}

/** Short forms whose point ends no sentence. */
const POINTED =
  /\b(?:e\.g|i\.e|etc|vs|approx|dept|inc|ltd|co|corp|dr|mr|ms|mrs|st|no|yrs?|hrs?|min|max|u\.s|a\.m|p\.m|ph\.d|b\.s|m\.s|[A-Z])\./i;

/** The sentences of a paragraph; null where it is not sure where they end. */
export function sentencesOf(paragraph: string): string[] | null {
  if (POINTED.test(paragraph) || /[.!?]["')\]]/.test(paragraph)) return null;
  const sentences = paragraph.split(/(?<=[.!?])\s+(?=[A-Z])/);
  return sentences.length > 1 && sentences.every(sentence => /[.!?]$/.test(sentence)) ? sentences : null;
}
