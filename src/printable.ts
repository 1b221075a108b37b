/** A text on one line, without what would move the cursor, color the rest or turn its direction: names and reasons come from boards. */
export function printable(text: string): string {
  return text.replace(/[\n\r\t\v\f\p{Zl}\p{Zp}]+/gu, ' ').replace(/\p{C}+/gu, '');
}

/** The same of a text of several lines, whose ends stay. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
