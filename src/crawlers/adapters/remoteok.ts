import { z } from 'zod';
import { readPlace } from '../../posting/places.ts';
import { type Adapter, DEFAULTS, type RawPosting } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { at, isObject, JSON_ONLY, type Json, text } from '../kit/json.ts';
import { unmangle } from '../kit/mojibake.ts';
import { statedPay } from '../kit/pay.ts';
import { listReading, openJson, unknown } from '../kit/reading.ts';
import { httpUrl } from '../kit/values.ts';

type Target = { list: 'newest' };

const HOST = /^(?:www\.)?remoteok\.(?:com|io)$/;

/** Remote OK's interface: the newest hundred or so, texts wrongly encoded, many not remote at all. It is to be linked as the source, with a followed link. */
export const adapter: Adapter<Target> = {
  ...DEFAULTS,
  system: 'remoteok',
  kind: 'aggregator',
  completeness: 'truncated',
  hosts: ['remoteok.com'],
  target: z.strictObject({ list: z.literal('newest') }),
  example: { list: 'newest' },
  recognise: url => (HOST.test(url.hostname) && /^\/(?:api\/?|remote-jobs\/?)?$/.test(url.pathname) ? { list: 'newest' } : null),
  home: () => 'https://remoteok.com/remote-jobs',
  start: () => [{ kind: 'list', url: 'https://remoteok.com/api', headers: JSON_ONLY }],
  read(page) {
    const opened = openJson(page);
    if ('refused' in opened) return opened.refused;
    if (!Array.isArray(opened.json)) return unknown('no list of jobs in the answer');
    // The first element is the terms of use.
    const jobs = opened.json.filter(job => !(isObject(job) && text(at(job, 'legal')) && !at(job, 'position')));
    return listReading({ rows: jobs.map(posting) });
  },
};

function posting(job: Json): RawPosting | null {
  const said = (name: string) => {
    const value = text(at(job, name));
    return value === null ? null : unmangle(value);
  };
  const [key, title, url] = [text(at(job, 'id')), said('position'), httpUrl(at(job, 'url'))];
  if (!key || !title || !url || !HOST.test(new URL(url).hostname)) return null;
  const [posted, place] = [text(at(job, 'date')) ?? text(at(job, 'epoch')), said('location')?.replace(/[\s,]+$/, '')];
  return {
    key,
    title,
    company: said('company'),
    places: place && readPlace({ raw: place }).raw ? [{ raw: place }] : [],
    // Zero is not said. The figures are dollars a year.
    pay: statedPay({ min: at(job, 'salary_min'), max: at(job, 'salary_max'), currency: 'USD', interval: 'year' }),
    posted: posted ? { value: posted, from: text(at(job, 'date')) ? 'date' : 'epoch' } : null,
    url,
    applyUrl: httpUrl(at(job, 'apply_url')),
    body: partOf(said('description')),
  };
}
