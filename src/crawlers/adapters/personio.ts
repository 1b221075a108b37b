import { z } from 'zod';
import { type Adapter, DEFAULTS, type PageRequest, type RawPosting } from '../adapter.ts';
import { text, texts } from '../kit/json.ts';
import { judge, listReading, unknown } from '../kit/reading.ts';
import { dated } from '../kit/values.ts';
import { childrenOf, childText, parseXml, type XmlNode } from '../kit/xml.ts';
import { careersPage, readCareers, readPosting } from './_personio-careers.ts';

type Target = { host: string };

const HOST = /^(?!www\.)[\w-]+\.jobs\.personio\.(?:de|com)$/;
/** The language asked for, and the one that fills what has no text in it: the vendor's default. */
const LANGUAGES = ['en', 'de'] as const;

/**
 * Personio's XML feed: one answer per language holds the whole board. Switched off or unknown: 404. A posting may have text in one language
 * only. Some employers close the feed to crawlers, and not the careers page.
 */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'personio',
  // Of the careers page; the feed has the texts.
  details: true,
  hosts: ['*.jobs.personio.de', '*.jobs.personio.com'],
  target: z.strictObject({ host: z.string().regex(HOST, 'a host such as acme.jobs.personio.de') }),
  example: { host: 'acme.jobs.personio.de' },
  recognise: url => (HOST.test(url.hostname) ? { host: url.hostname } : null),
  home: ({ host }) => `https://${host}/`,
  start: target => [{ ...feed(target, LANGUAGES[0]), instead: careersPage(target.host) }],
  read(page, target) {
    const refused = judge(page);
    if (refused) return refused;
    if (page.request.kind === 'detail') return readPosting(page);
    if (page.request.note?.careers === true) return readCareers(page, target.host);
    const parsed = parseXml(page.body);
    if ('why' in parsed) return unknown(parsed.why);
    if (parsed.root.name !== 'workzag-jobs') return unknown(`an XML document of another kind: <${parsed.root.name}>`);
    const rows = childrenOf(parsed.root, 'position').map(position => posting(position, target));
    if (rows.length === 0 && parsed.root.children.length > 0) return unknown('a feed with elements but no positions');
    const later = text(page.request.note?.language) === LANGUAGES[1];
    if (later) return listReading({ rows: rows.filter(row => row === null || row.body?.length), later });
    const silent = rows.some(row => row?.body?.length === 0);
    return listReading({ rows, emptyIsProof: true, follow: silent ? [feed(target, LANGUAGES[1])] : [] });
  },
};

function feed({ host }: Target, language: string): PageRequest {
  return { kind: 'list', url: `https://${host}/xml?language=${language}`, headers: { accept: 'application/xml' }, note: { language } };
}

function posting(position: XmlNode, target: Target): RawPosting | null {
  const [key, title] = [childText(position, 'id'), childText(position, 'name')];
  if (!key || !title) return null;
  const url = `https://${target.host}/job/${encodeURIComponent(key)}`;
  const offices = [
    childText(position, 'office'),
    ...childrenOf(childrenOf(position, 'additionalOffices')[0], 'office').map(office => office.text),
  ];
  const [schedule, type] = [childText(position, 'schedule'), childText(position, 'employmentType')];
  return {
    key,
    title,
    company: childText(position, 'subcompany'),
    department: childText(position, 'department'),
    places: [...new Set(offices)].flatMap(raw => (raw ? [{ raw }] : [])),
    employment: texts(schedule, type === 'permanent' ? null : type),
    posted: dated(childText(position, 'createdAt'), 'createdAt'),
    url,
    applyUrl: url,
    body: childrenOf(childrenOf(position, 'jobDescriptions')[0], 'jobDescription').flatMap(part => {
      const [heading, html] = [childText(part, 'name'), childText(part, 'value')];
      return html ? [{ ...(heading ? { heading } : {}), html }] : [];
    }),
  };
}
