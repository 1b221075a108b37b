import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// Boards in Workday's shape on loopback, in a process of their own so that what they need is not counted as the crawler's. Any host is a tenant;
// titles come with the first message. As Workday does, a listing without a facet ends at 2000, and its facets say how to take it apart.

export type HospitalSetup = {
  titles: string[] /** Postings of one board. */;
  postings: number /** Postings that come and go with each listing. */;
  churn: number;
};
export type HospitalCounts = { list: number; detail: number; robots: number };

const CAP = 2000;
const FAMILIES = 25;
const TEXT = `<p>Works with patients, families and colleagues of Acme Health.</p><p>Requirements</p><ul>${'<li>Two years of experience in a hospital and the licence the state asks for.</li>'.repeat(12)}</ul>`;

let setup: HospitalSetup = { titles: [], postings: 0, churn: 0 };
let counts: HospitalCounts = { list: 0, detail: 0, robots: 0 };
const listings = new Map<string, number>();

const server = createServer(async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const host = String(request.headers['x-board-host'] ?? request.headers.host);
  const path = request.url ?? '/';
  const reply = (status: number, json: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  if (path === '/robots.txt') {
    counts.robots += 1;
    response.writeHead(404).end();
  } else if (request.method === 'POST') {
    counts.list += 1;
    reply(200, list(host, JSON.parse(Buffer.concat(parts).toString('utf8')) as Asked));
  } else {
    counts.detail += 1;
    const number = Number(/_R(\d+)$/.exec(path)?.[1] ?? -1);
    if (number < 0) reply(404, { errorCode: 'HTTP_404' });
    else reply(200, detail(host, number));
  }
});

type Asked = { appliedFacets: { jobFamily?: string[] }; limit: number; offset: number };

function list(host: string, { appliedFacets, limit, offset }: Asked) {
  const families = appliedFacets.jobFamily;
  if (offset === 0 && !families) listings.set(host, (listings.get(host) ?? 0) + 1);
  const first = ((listings.get(host) ?? 1) - 1) * setup.churn;
  const all = Array.from({ length: setup.postings }, (_, n) => first + n);
  const found = families ? all.filter(n => families.includes(String(n % FAMILIES))) : all;
  const total = families ? found.length : Math.min(found.length, CAP);
  const jobPostings = found.slice(offset, Math.min(offset + limit, total)).map(n => ({
    title: titleOf(host, n),
    externalPath: pathOf(n),
    locationsText: 'Springfield, IL',
    postedOn: 'Posted 30+ Days Ago',
    bulletFields: [`${host.split('.')[0]}-R${n}`],
  }));
  const values = Array.from({ length: FAMILIES }, (_, id) => ({
    id: String(id),
    descriptor: `Family ${id}`,
    count: all.filter(n => n % FAMILIES === id).length,
  }));
  return { total: offset === 0 ? total : 0, jobPostings, facets: [{ facetParameter: 'jobFamily', descriptor: 'Job Family', values }] };
}

function detail(host: string, number: number) {
  return {
    jobPostingInfo: {
      id: `id${number}`,
      title: titleOf(host, number),
      jobDescription: TEXT,
      location: 'Springfield, IL',
      startDate: '2026-11-20',
      timeType: 'Full time',
      jobReqId: `${host.split('.')[0]}-R${number}`,
      canApply: true,
      posted: true,
      externalUrl: `https://${host}/External${pathOf(number)}`,
    },
    hiringOrganization: { name: `Acme Health ${host.split('.')[0]}` },
  };
}

/** With the tenant's name, so that the boards do not repeat each other's postings. */
const titleOf = (host: string, n: number) => `${setup.titles[n % setup.titles.length]}, ${host.split('.')[0]}`;
const pathOf = (n: number) => `/job/Springfield-IL/Posting-${n}_R${n}`;

process.on('message', (message: { setup: HospitalSetup } | 'counts') => {
  if (message === 'counts') {
    process.send?.(counts);
    counts = { list: 0, detail: 0, robots: 0 };
  } else {
    setup = message.setup;
    server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  }
});
process.on('disconnect', () => process.exit(0));
