import type { CheerioAPI } from 'cheerio';
import { z } from 'zod';
import { type Adapter, type BodyPart, DEFAULTS, type Page, type PageReading, type RawPlace, type RawPosting } from '../adapter.ts';
import { assignedJson } from '../kit/assigned.ts';
import { at, isObject, type Json, text } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { judge, listReading, type Row, unknown } from '../kit/reading.ts';
import { dated, joinPlace, segments, workModeOf } from '../kit/values.ts';

type Target = { board: string };

const HOST = 'recruiting.paylocity.com';
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Paylocity: one page holds the whole board as JSON in a script; posting pages have JSON-LD on some boards and markup on others. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'paylocity',
  details: true,
  hosts: [HOST],
  target: z.strictObject({ board: z.string().regex(GUID, 'the id in the address: /Recruiting/Jobs/All/{id}') }),
  example: { board: '0f6a7c1e-52d4-4b0e-9a39-1d5b8c2e7f40' },
  recognise(url) {
    if (url.hostname.toLowerCase() !== HOST) return null;
    const path = segments(url);
    const at = path.findIndex(part => GUID.test(part));
    const board = path[at];
    return board && /^(?:all|jobs)$/i.test(path[at - 1] ?? '') ? { board } : null;
  },
  home: ({ board }) => `https://${HOST}/Recruiting/Jobs/All/${board}`,
  start: target => [{ kind: 'list', url: adapter.home(target) }],
  read(page) {
    const refused = judge(page);
    if (refused) return refused;
    return page.request.kind === 'detail' ? readPostingPage(page, $ => markup($, page)) : readList(page);
  },
};

function readList(page: Page): PageReading {
  const found = assignedJson(page.body, 'window.pageData');
  if ('why' in found) return unknown(found.why);
  const [jobs, company] = [at(found.json, 'Jobs'), text(at(found.json, 'ModuleTitle'))];
  if (!Array.isArray(jobs)) return unknown('no list of jobs in the page');
  // An unknown board's answer is not known: only a page that names its employer may say that there is nothing.
  const named = company !== null && text(at(found.json, 'ModuleId')) !== null;
  return listReading({ rows: jobs.map(job => stub(job, company)), emptyIsProof: named });
}

function stub(job: Json, company: string | null): Row {
  if (isObject(job) && at(job, 'IsInternal') === true) return 'unlisted';
  const [key, title] = [text(at(job, 'JobId')), text(at(job, 'JobTitle'))];
  if (!key || !title) return null;
  const label = text(at(job, 'LocationName'));
  const url = `https://${HOST}/Recruiting/Jobs/Details/${encodeURIComponent(key)}`;
  return {
    key,
    title,
    company,
    department: text(at(job, 'HiringDepartment')),
    places: placesOf(at(job, 'JobLocation'), label),
    // What IndeedRemoteType means is not known: it says the same of jobs on site and jobs from home.
    workMode: at(job, 'IsRemote') === true ? 'remote' : workModeOf(label),
    posted: dated(at(job, 'PublishedDate'), 'PublishedDate'),
    url,
    applyUrl: `https://${HOST}/Recruiting/Jobs/Apply/${encodeURIComponent(key)}`,
    detail: { kind: 'detail', url, key },
  };
}

/** The address where there is one; a location's name is the employer's own word for it, sometimes only `Hybrid`. */
function placesOf(location: Json | undefined, label: string | null): RawPlace[] {
  const [city, region, country] = ['City', 'State', 'Country'].map(name => text(at(location, name)));
  if (city || region) return [{ raw: joinPlace(city, region, country), city, region, country }];
  const name = label ?? text(at(location, 'Name'));
  return name && !workModeOf(name) ? [{ raw: name, ...(country ? { country } : {}) }] : [];
}

/** A posting page without structured data: headings followed by their text, and a line such as `Fully Remote • Ohio`. */
function markup($: CheerioAPI, page: Page): RawPosting | null {
  const title = text($('.job-preview-title').first().text().replace(/\s+/g, ' '));
  if (!title) return null;
  const apply = $('a[href*="/Jobs/Apply/" i]').first().attr('href') ?? '';
  const said = $('.preview-location')
    .first()
    .text()
    .split('•')
    .map(part => text(part.replace(/\s+/g, ' ')))
    .filter(part => part !== null);
  const body = $('.job-preview-details .job-listing-header')
    .toArray()
    .flatMap((header): BodyPart[] => {
      const [heading, html] = [text($(header).text()), text($(header).next('div').html())];
      return html ? [{ ...(heading ? { heading } : {}), html }] : [];
    });
  if (body.length === 0) return null;
  return {
    key: page.request.key ?? /\/Apply\/(\d+)/i.exec(apply)?.[1] ?? page.url,
    title,
    places: said.filter(part => !workModeOf(part)).map(raw => ({ raw })),
    workMode: said.map(workModeOf).find(mode => mode !== null) ?? null,
    url: page.url,
    body,
  };
}
