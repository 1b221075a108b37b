import { describe, expect, test } from 'vitest';
import { identityOfRow, tokensOf } from '../../src/crawlers/identity-check.ts';

const twice = (company: string) => [company, company];

describe('the board of a row', () => {
  test.each<[string, string, string[], string[], boolean | null]>([
    ['that names the employer is the employer’s', 'Acme Health', ['Acme Health System'], ['zz1'], true],
    ['whose address alone names it is so too', 'Acme Health', [], ['acmehealth'], true],
    ['that names nobody under a token that says nothing cannot be told', 'Fernleaf Rehabilitation', [], ['flrx'], null],
    ['that names somebody else on several postings is foreign', 'Fernleaf Rehabilitation', twice('Globex Software'), ['flrx'], false],
    ['that names somebody else under a look-alike address is foreign', 'Lookout Therapy', twice('Globex Software'), ['look'], false],
    ['whose one posting names somebody else cannot be told', 'Fernleaf Rehabilitation', ['Globex Software'], ['flrx'], null],
    ['that names a subsidiary once cannot be told', 'Acme Therapy Partners', ['Sunny Hospice of Ohio LLC'], ['zz1'], null],
    ['that names a legal entity of the employer cannot be told', 'Acme Care Group', twice('Acme Home Health of Ohio LLC'), ['zz1'], null],
    ['that names the same entity with and without Inc. is foreign', 'Fernleaf', ['Globex Software', 'Globex Software, Inc.'], [], false],
    ['of which no two postings name the same cannot be told', 'Fernleaf', ['Globex', 'Initech', 'Umbrella'], ['zz1'], null],
    ['of many houses of which one is named twice cannot be told', 'Fernleaf', [...twice('Globex'), 'Initech', 'Umbrella'], ['zz1'], null],
    ['that names one other mostly is foreign', 'Fernleaf', [...twice('Globex'), 'Initech'], ['zz1'], false],
    ['that names several others under a fitting address cannot be told', 'Providant', ['Swedwell', 'Covena'], ['providant'], null],
    ['may be that of either name of the row', 'Thomas Jeffries University / Jeffries Health', ['Jeffries Health'], [], true],
    ['may be that of the name in brackets', 'PRC (Prentling Romwich)', ['Prentling Romwich Company'], [], true],
    ['may go by initials', 'MTM (mobility assessment)', ['Medical Transport Managers, Inc.'], ['mtminc'], true],
    ['may go by initials in its address', 'Saint Jude’s University', [], ['careers-sju'], true],
    ['may have one word of which a part alone would say nothing', 'CHQ Healthcare / Comp', [], ['chqhealthcare'], true],
    ['may write and for &', 'Sun & Spine Physical Therapy', [], ['sunandspine-jobs', 'sunandspinephysicaltherapy'], true],
    ['is not known by a word that all share', 'Acme Health', twice('Health'), ['careers'], false],
    ['may write Saint in full', "St. Luke's Hospital", ["Saint Luke's Hospital of Boise"], [], true],
    ['that names many of whom one is the employer is the employer’s', 'Acme Health', ['Globex', 'Acme Health'], [], true],
  ])('%s', (_, name, companies, tokens, agrees) => {
    expect(identityOfRow(name, { companies, tokens }).agrees).toBe(agrees);
  });

  test('says in its own words what does not agree', () => {
    const { why } = identityOfRow('Acme Health', { companies: ['A', 'B', 'C', 'D'], tokens: [] });
    expect(why).toBe('the board says "A", "B", "C" and 1 more, not "Acme Health", on one posting each');
  });
});

test('a target names the employer by its token, the first part of its host, and its domain', () => {
  expect(tokensOf({ host: 'acme.wd5.myworkdayjobs.com', tenant: 'acme', site: 'External' })).toEqual(['acme', 'myworkdayjobs', 'External']);
  expect(tokensOf({ host: 'careers.acmehealth.example' })).toEqual(['careers', 'acmehealth']);
  expect(tokensOf({ feed: 'https://www.acmehealth.example/jobs.rss' })).toEqual(['acmehealth']);
  expect(tokensOf({ board: 'acme' })).toEqual(['acme']);
});
