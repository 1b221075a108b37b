/** Columns of a mail's plain text. */
const WIDTH = 72;

/** Breaks a text between words at the width of plain mails; a word that is longer stands alone, so that addresses stay whole. */
export function wrapped(text: string, indent = ''): string {
  const lines: string[] = [];
  let now = '';
  for (const word of text.split(' ')) {
    const longer = now === '' ? indent + word : `${now} ${word}`;
    if (now !== '' && longer.length > WIDTH) {
      lines.push(now);
      now = indent + word;
    } else now = longer;
  }
  return [...lines, now].join('\n');
}
