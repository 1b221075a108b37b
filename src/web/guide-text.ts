import { CREDENTIAL_SHORT } from '../feed/verdict-words.ts';
import { PATH_SLUGS, PATHS, type Path, roleName } from '../posting/taxonomy.ts';
import type { Guide, Guides } from './guides.ts';

/** Every guide as Markdown, beside its summary: for readers without a page. */
export function guideTexts(guides: Guides): Record<Path, { summary: string; text: string }> {
  const texts = PATH_SLUGS.map(
    path => [path, { summary: guides[path].summary, text: markdownOf(PATHS[path].name, guides[path]) }] as const,
  );
  return Object.fromEntries(texts) as Record<Path, { summary: string; text: string }>;
}

function markdownOf(name: string, guide: Guide): string {
  const part = (title: string, text: string) => `## ${title}\n\n${text}`;
  const bullets = (items: readonly string[]) => items.map(item => `- ${item}`).join('\n');
  const list = (title: string, items: readonly string[]) => part(title, bullets(items));
  const { apart } = guide;
  return [
    `# ${name}`,
    guide.summary,
    part('What the job is', guide.what),
    apart &&
      list(
        apart.title,
        apart.rows.map(({ role, does, takes }) => `${roleName(role)}: ${does}. Takes: ${takes}`),
      ),
    apart?.note,
    list(
      'Who usually gets in',
      guide.who.map(row => `${row.for.map(one => CREDENTIAL_SHORT[one]).join(', ')}: ${row.told}`),
    ),
    list('A typical day', guide.day),
    list('What employers ask for', guide.asks),
    part('How to get there', `${guide.time} (Our estimate.)`),
    bullets(guide.route),
    list('Pros', guide.pros),
    list('Cons', guide.cons),
    list('Titles to search for', guide.titles),
    guide.certificates.length > 0 &&
      list(
        'Certificates',
        guide.certificates.map(({ name: letters, full, body, told }) => `${letters} (${full}, by ${body}): ${told}`),
      ),
    list('Who hires', guide.employers),
    part('Keep your license active', guide.license),
    list(
      'Say it on your résumé',
      guide.resume.map(({ from, to }) => `“${from}” becomes “${to}”`),
    ),
    `Reviewed on ${guide.reviewed}.`,
  ]
    .filter(Boolean)
    .join('\n\n');
}
