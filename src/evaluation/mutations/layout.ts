import { bodyOf, toText } from '../../posting/html.ts';
import { isBullet, isHeading, leadInOf, sentencesOf, standAlone, withoutBullet } from './lines.ts';
import { harmless, type Mutation, pick } from './mutation.ts';

/** Changes of the layout, none of which says anything else than before. */
export const LAYOUT: readonly Mutation[] = [
  harmless('bullets to prose', bulletsToProse),
  harmless('prose to bullets', proseToBullets),
  harmless('lost line breaks', text => (text.includes('\n') ? joinLines(text, ' ') : null)),
  harmless('glued lines', gluedLines),
  harmless('through html', throughHtml),
  harmless('case of headings', headingCase),
  harmless('white space', (text, chance) =>
    text.replaceAll(/(?<=\S)\n/g, () => pick([' \n', '\t\n', '   \n', '\n'], chance)).concat('  \n'),
  ),
];

function bulletsToProse(text: string): string | null {
  const lines = text.split('\n');
  const out: string[] = [];
  for (let at = 0; at < lines.length; ) {
    let end = at;
    while (end < lines.length && isBullet(lines[end] ?? '')) end++;
    const items = lines.slice(at, end).map(withoutBullet);
    if (items.length > 0 && standAlone(items, leadInOf(lines, at)))
      out.push(items.map(item => (/[.!?]$/.test(item) ? item : `${item}.`)).join(' '));
    else out.push(...lines.slice(at, Math.max(end, at + 1)));
    at = Math.max(end, at + 1);
  }
  return out.join('\n');
}

function proseToBullets(text: string): string {
  const lines = text.split('\n');
  return lines
    .map((line, at) => {
      const sentences = isBullet(line) || isHeading(lines, at) ? null : sentencesOf(line);
      return sentences && standAlone(sentences, '') ? sentences.map(sentence => `- ${sentence}`).join('\n') : line;
    })
    .join('\n');
}

/** The lines of each paragraph run together; the bullets go with their line ends. */
function joinLines(text: string, by: string): string {
  return text.replaceAll(/(?<=\S)\n(?:[-*•·▪●–] )?(?=\S)/g, by);
}

/** Lines run together without a space, where a capital after a small letter or a full stop still shows the seam. */
function gluedLines(text: string): string {
  return text.replaceAll(/(?<=[a-z][a-z.])\n(?:[-*•·▪●–] )?(?=[A-Z][a-z])/g, '');
}

/** Written as html the way boards do, and read again. */
function throughHtml(text: string): string {
  const html = bodyOf([{ text }]).html.replaceAll('<p>', '<div class="section"><span>').replaceAll('</p>', '</span></div>');
  return toText(html.replaceAll('<li>', '<li><p>').replaceAll('</li>', '</p></li>').replaceAll('. ', '.&nbsp; '));
}

function headingCase(text: string): string {
  const lines = text.split('\n');
  return lines
    .map((line, at) => {
      if (!isHeading(lines, at)) return line;
      return line === line.toUpperCase() ? line.charAt(0) + line.slice(1).toLowerCase() : line.toUpperCase();
    })
    .join('\n');
}
