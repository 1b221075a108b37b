import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUrl, contentHash, type Listed, listHash, postingId } from '../../src/posting/identity.ts';
import type { Posting } from '../../src/posting/posting.ts';

describe('postingId', () => {
  it('never changes', () => {
    expect(postingId('northland-rehab', '4018823')).toBe('vblsiz5gx4w4oh5b');
  });

  it('is 16 characters that need no escaping in an address, and differs with source and key', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (source, key, other) => {
        expect(postingId(source, key)).toMatch(/^[a-z2-7]{16}$/);
        fc.pre(key !== other);
        expect(postingId(source, key)).not.toBe(postingId(source, other));
        expect(postingId(`${source}a`, key)).not.toBe(postingId(source, `a${key}`));
      }),
    );
  });
});

describe('listHash', () => {
  const row: Listed = {
    key: '4018823',
    title: 'Utilization Reviewer',
    places: [{ raw: 'Duluth, MN' }, { raw: 'Remote' }],
    employment: ['Full-time', 'Part-time'],
    posted: { value: 'Posted 3 Days Ago' },
    url: 'https://jobs.northland.example/4018823?utm_source=feed',
  };

  it('does not see the order of places and words, relative dates, white space or tracking', () => {
    const same: Listed = {
      ...row,
      title: ' Utilization  Reviewer',
      company: null,
      places: [...row.places].reverse(),
      employment: ['Part-time', 'Full-time'],
      posted: { value: 'Posted 4 Days Ago' },
      url: 'https://jobs.northland.example/4018823?gclid=1',
    };
    expect(listHash(same)).toBe(listHash(row));
  });

  it('sees everything else', () => {
    const changes: Partial<Listed>[] = [
      { title: 'Appeals Reviewer' },
      { places: [{ raw: 'Duluth, MN' }] },
      { places: [{ raw: 'Duluth, MN', country: 'US' }, { raw: 'Remote' }] },
      { workMode: 'remote' },
      { pay: '$40 an hour' },
      { pay: { min: 40, max: 50, currency: 'USD', interval: 'hour' } },
      { employment: ['Full-time'] },
      { posted: { value: '2026-05-21' } },
      { posted: { value: 1_779_365_640_000 } },
      { closes: { value: '2026-06-21' } },
      { closed: true },
      { requisition: 'R1001' },
      { department: 'Quality' },
      { url: 'https://jobs.northland.example/4018824' },
      { body: [{ html: '<p>New</p>' }] },
    ];
    const hashes = [row, ...changes.map(change => ({ ...row, ...change }))].map(one => listHash(one));
    expect(new Set(hashes).size).toBe(hashes.length);
    // The same row of an employer whose country is known now: its places mean something else.
    expect(hashes).not.toContain(listHash(row, 'AU'));
  });
});

describe('contentHash', () => {
  const posting: Posting = {
    key: '1',
    title: 'Utilization Reviewer',
    company: 'Northland Rehab',
    department: null,
    requisition: null,
    places: [
      { raw: 'Duluth, MN', city: 'Duluth', region: 'MN', country: 'US' },
      { raw: 'Somewhere', city: null, region: null, country: null },
    ],
    workMode: null,
    pay: { min: 40, max: 50, currency: 'USD', interval: 'hour' },
    employmentTypes: ['full_time', 'part_time'],
    postedAt: null,
    closesAt: null,
    closed: false,
    url: 'https://jobs.northland.example/1',
    applyUrl: null,
    html: '<p>Read charts.</p>',
    text: 'Read charts.',
  };

  it('does not change with what is no news: dates, addresses, markup, how the place is spelt', () => {
    const same: Posting = {
      ...posting,
      places: [posting.places[1]!, { ...posting.places[0]!, raw: 'DULUTH, Minnesota' }],
      pay: { interval: 'hour', currency: 'USD', max: 50, min: 40 },
      postedAt: { value: '2026-05-21', precision: 'day', from: 'x.y' },
      url: 'https://elsewhere.example/1',
      html: '<p><b>Read</b> charts.</p>',
      text: 'Read\ncharts.',
    };
    expect(contentHash(same)).toBe(contentHash(posting));
  });

  it('changes with title, place, work mode, pay, employment and text', () => {
    const changes: Partial<Posting>[] = [
      { title: 'Appeals Reviewer' },
      { places: [posting.places[0]!] },
      { places: [posting.places[0]!, { ...posting.places[1]!, raw: 'Elsewhere' }] },
      { workMode: 'remote' },
      { pay: null },
      { pay: { ...posting.pay!, max: 51 } },
      { employmentTypes: ['full_time'] },
      { text: 'Read charts and write.' },
    ];
    const hashes = [posting, ...changes.map(change => ({ ...posting, ...change }))].map(contentHash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

describe('canonicalUrl', () => {
  it.each([
    ['HTTPS://Jobs.Northland.Example:443/4018823/', 'https://jobs.northland.example/4018823'],
    ['https://x.example/j?utm_source=a&utm_medium=b&gclid=c&id=7', 'https://x.example/j?id=7'],
    ['https://x.example/j?source=feed&src=1&gh_src=2&lever-source=3&id=7', 'https://x.example/j?id=7'],
    ['https://x.example/j;jsessionid=AB12?id=7', 'https://x.example/j?id=7'],
    ['https://x.example/j?b=2&a=1#apply', 'https://x.example/j?a=1&b=2'],
    ['https://x.example/#/jobs/7', 'https://x.example/#/jobs/7'],
    ['https://x.example/#!/jobs/7', 'https://x.example/#!/jobs/7'],
    ['https://user:secret@x.example/7', 'https://x.example/7'],
    ['https://x.example/?gh_jid=7', 'https://x.example/?gh_jid=7'],
    [' not an address ', 'not an address'],
    ['mailto:jobs@x.example', 'mailto:jobs@x.example'],
  ])('%s is %s', (address, canonical) => {
    expect(canonicalUrl(address)).toBe(canonical);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.string()), address => {
        const once = canonicalUrl(address);
        expect(canonicalUrl(once)).toBe(once);
      }),
    );
  });
});
