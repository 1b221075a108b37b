import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Comparable, duplicateOf, nearlySame, readWords, shownInstead } from '../../src/pipeline/duplicates.ts';
import { distance, simhash } from '../../src/pipeline/simhash.ts';

const BODY = `Lakeshore Rehab Partners runs inpatient units in eleven hospitals of the upper Midwest. The utilization reviewer reads charts of
patients referred to our units, compares them with the criteria of the payer, writes the determination and speaks with the physician advisor when
the criteria are not met. You work from home, Monday to Friday, with a laptop we send you. You need an active licence as a physical or occupational
therapist or assistant, two years of inpatient rehabilitation, and a calm way of writing. We pay for InterQual training in your first month.`;

const OTHER = `Lakeshore Rehab Partners runs inpatient units in eleven hospitals of the upper Midwest. The territory manager visits case managers and
physicians in hospitals of two counties, explains which patients gain from three hours of therapy a day, and brings the referral to the admissions
desk. Expect five days a week on the road, a company car, and a bonus for every admission above plan. A clinical licence is welcome and not needed.`;

const MINNEAPOLIS = { raw: 'Minneapolis, MN', city: 'Minneapolis', region: 'MN', country: 'US' };
const DULUTH = { raw: 'Duluth, MN', city: 'Duluth', region: 'MN', country: 'US' };

type Facts = Partial<Comparable> & { text?: string };

function posting(id: string, { text = BODY, ...facts }: Facts = {}): Comparable {
  return {
    id,
    source: 'lakeshore',
    kind: 'ats',
    company: 'Lakeshore Rehab Partners',
    title: 'Utilization Reviewer',
    places: [MINNEAPOLIS],
    requisition: null,
    url: `https://jobs.lakeshore.example/${id}`,
    applyUrl: null,
    words: readWords(text),
    postedAt: '2026-05-01',
    firstSeen: '2026-05-01T08:00:00.000Z',
    closed: false,
    ...facts,
  };
}
const aggregated = (id: string, facts: Facts = {}) =>
  posting(id, { source: 'boardwide', kind: 'aggregator', url: `https://boardwide.example/jobs/${id}`, ...facts });

describe('over sources', () => {
  it("an aggregator's copy of a requisition points to the employer's own posting, and never the other way round", () => {
    const own = posting('own', { requisition: 'R-10442' });
    const copy = aggregated('copy', {
      requisition: 'r 10442',
      title: 'Utilization Reviewer (Remote) at Lakeshore',
      text: 'A teaser.',
      places: [],
    });
    expect(duplicateOf(copy, [own])).toEqual({ id: 'own', why: 'same requisition' });
    expect(duplicateOf(own, [copy])).toBeNull();
  });

  it('a requisition number is only the same within one employer', () => {
    const own = posting('own', { requisition: '10442' });
    expect(duplicateOf(aggregated('copy', { requisition: '10442', company: 'Someone Else', text: OTHER }), [own])).toBeNull();
    expect(duplicateOf(aggregated('copy', { requisition: '10442', company: null, text: OTHER }), [own])).toBeNull();
  });

  it('legal forms make no other employer', () => {
    const own = posting('own', { requisition: '10442' });
    expect(
      duplicateOf(aggregated('copy', { requisition: '10442', company: 'The Lakeshore Rehab Partners, L.L.C.', text: '' }), [own])?.id,
    ).toBe('own');
  });

  it('the same address is the same posting, tracking parameters aside', () => {
    const own = posting('12345');
    const copy = aggregated('copy', { company: null, text: '', applyUrl: 'https://jobs.lakeshore.example/12345/?utm_source=boardwide' });
    expect(duplicateOf(copy, [own])).toEqual({ id: '12345', why: 'same address' });
  });

  it('the address of a whole careers page is no posting', () => {
    const own = posting('own', { url: 'https://jobs.lakeshore.example/careers', text: OTHER });
    expect(duplicateOf(aggregated('copy', { applyUrl: 'https://jobs.lakeshore.example/careers' }), [own])).toBeNull();
  });

  it('nearly the same text under the same title, place and employer is the same posting', () => {
    const copy = aggregated('copy', { title: 'Utilization Reviewer - R0010442', text: BODY.replace('Monday to Friday', 'weekdays') });
    expect(duplicateOf(copy, [posting('own')])).toEqual({ id: 'own', why: 'same text' });
    expect(duplicateOf({ ...copy, places: [DULUTH] }, [posting('own')])).toBeNull();
    expect(duplicateOf({ ...copy, title: 'Appeals Reviewer' }, [posting('own')])).toBeNull();
    expect(duplicateOf({ ...copy, company: 'Northland Rehab' }, [posting('own')])).toBeNull();
    expect(duplicateOf({ ...copy, words: readWords(OTHER) }, [posting('own')])).toBeNull();
    expect(duplicateOf({ ...copy, postedAt: '2025-11-01' }, [posting('own')])).toBeNull();
  });

  it('of several copies the one at the same place is chosen', () => {
    const two = [posting('a', { requisition: '10442', places: [DULUTH] }), posting('b', { requisition: '10442' })];
    expect(duplicateOf(aggregated('copy', { requisition: '10442' }), two)?.id).toBe('b');
  });
});

describe('on one board', () => {
  it('openings of the same day under different keys are not duplicates, even word for word', () => {
    expect(duplicateOf(posting('b'), [posting('a')])).toBeNull();
  });

  it('openings without a posting date seen on the same day are not duplicates', () => {
    const [a, b] = [posting('a', { postedAt: null }), posting('b', { postedAt: null, firstSeen: '2026-05-01T20:00:00.000Z' })];
    expect(duplicateOf(b, [a])).toBeNull();
    expect(duplicateOf(a, [b])).toBeNull();
  });

  it('the same opening put up again on another day is a repost of the older', () => {
    const again = posting('b', { postedAt: '2026-05-20', text: `${BODY} Apply today.` });
    expect(duplicateOf(again, [posting('a')])).toEqual({ id: 'a', why: 'repost' });
    expect(duplicateOf(posting('a'), [again])).toBeNull();
  });

  it('a repost of what has closed is shown, and the closed one points to it', () => {
    const old = posting('a', { closed: true, requisition: 'R1001' });
    const again = posting('b', { postedAt: '2026-05-20', requisition: 'R1002' });
    expect(duplicateOf(again, [old])).toBeNull();
    expect(duplicateOf(old, [again])).toEqual({ id: 'b', why: 'repost' });
  });

  it('two requisitions open at once are two openings', () => {
    expect(
      duplicateOf(posting('b', { postedAt: '2026-05-20', requisition: 'R1002' }), [posting('a', { requisition: 'R1001' })]),
    ).toBeNull();
  });

  it('another city, another title, another text or another season is another opening', () => {
    const again = posting('b', { postedAt: '2026-05-20' });
    for (const facts of [{ places: [DULUTH] }, { title: 'Lead Utilization Reviewer' }, { text: OTHER }, { postedAt: '2026-02-01' }]) {
      expect(duplicateOf(again, [posting('a', facts)])).toBeNull();
    }
  });
});

it('nothing is a duplicate of itself or of a duplicate', () => {
  const own = posting('own', { requisition: '10442' });
  expect(duplicateOf(own, [own])).toBeNull();
  expect(duplicateOf(aggregated('copy', { requisition: '10442' }), [{ ...own, duplicateOf: 'x' }])).toBeNull();
});

it('of two postings at most one is a duplicate of the other', () => {
  const any = fc.record({
    id: fc.constantFrom('p1', 'p2', 'p3'),
    source: fc.constantFrom('s1', 's2'),
    kind: fc.constantFrom('ats' as const, 'aggregator' as const, 'general' as const),
    requisition: fc.constantFrom(null, 'R1001', 'R1002'),
    text: fc.constantFrom(BODY, OTHER, ''),
    postedAt: fc.constantFrom(null, '2026-05-01', '2026-05-20'),
    closed: fc.boolean(),
  });
  fc.assert(
    fc.property(any, any, (one, other) => {
      const [a, b] = [posting(one.id, one), posting(other.id, other)];
      expect(duplicateOf(a, [b]) !== null && duplicateOf(b, [a]) !== null).toBe(false);
    }),
  );
});

describe('simhash', () => {
  it('does not depend on case, punctuation or line ends', () => {
    expect(simhash(BODY.toUpperCase().replace(/[.,]/g, ' -').replace(/\n/g, '  '))).toBe(simhash(BODY));
  });

  it('is near for edited texts and far for others', () => {
    expect(distance(simhash(BODY)!, simhash(BODY.replace('laptop', 'computer'))!)).toBeLessThanOrEqual(10);
    expect(distance(simhash(BODY)!, simhash(OTHER)!)).toBeGreaterThan(10);
    expect(simhash('only four words here')).toBeNull();
  });

  it('fits 64 bits for every text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 5 }), words => {
        const hash = simhash(words.join(' '));
        expect(hash === null || (hash >= 0n && hash < 1n << 64n)).toBe(true);
      }),
    );
  });
});

it('teasers are never nearly the same', () => {
  const same = (one: string, other: string) => nearlySame(readWords(one), readWords(other));
  expect(same('Review charts from home.', 'Review charts from home.')).toBe(false);
  expect(same(BODY, BODY)).toBe(true);
  expect(same(BODY, OTHER)).toBe(false);
});

describe('a group of postings that could be one', () => {
  it('points straight at the one that is shown, whatever was decided before', () => {
    const group = [
      posting('own', { requisition: 'R-10442' }),
      aggregated('first', { requisition: 'R-10442' }),
      aggregated('second', { source: 'other' }),
    ];
    expect(shownInstead(group)).toEqual(
      new Map([
        ['own', null],
        ['first', 'own'],
        ['second', 'own'],
      ]),
    );
    expect(shownInstead(group.map(one => (one.id === 'own' ? one : { ...one, duplicateOf: 'own' })))).toEqual(shownInstead(group));
  });

  it('shows the copy when the one before it has closed', () => {
    const closed = posting('own', { requisition: 'R-10442', closed: true });
    const copy = aggregated('copy', { requisition: 'R-10442', duplicateOf: 'own' });
    expect(shownInstead([closed, copy])).toEqual(
      new Map([
        ['copy', null],
        ['own', 'copy'],
      ]),
    );
  });
});
