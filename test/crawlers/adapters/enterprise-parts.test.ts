import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringsAfter } from '../../../src/crawlers/adapters/_taleo-strings.ts';
import { recogniseUrl } from '../../../src/crawlers/discover.ts';
import { addressPart } from '../../../src/crawlers/kit/address.ts';
import { loadSystems } from '../../../src/crawlers/systems.ts';

const MARK = /api\.fillList\('a', 'b',/;

describe('texts that a script fills a list with', () => {
  const page = (values: string[]) => `<script>api.fillList('a', 'b', [${values.map(quoted).join(', ')}]);</script>`;
  const quoted = (value: string) => `'${value.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n').replace(/\r/g, '\\r')}'`;

  test('come back as they were, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), values => {
        expect(stringsAfter(page(values), MARK)).toEqual(values);
      }),
    );
  });

  test('are read with every way to escape a character', () => {
    expect(stringsAfter(`api.fillList('a', 'b',["it\\'s","\\x41\\u00e9\\t\\/"  ,'' ])`, MARK)).toEqual(["it's", 'Aé\t/', '']);
  });

  test('are none when the list is cut or holds anything else', () => {
    const whole = page(['one', 'it is [not] over', 'three']).replace('</script>', '');
    for (let cut = 0; cut < whole.length - 2; cut++) expect(stringsAfter(whole.slice(0, cut), MARK)).toBeNull();
    for (const list of ["['a', alert(1)]", "['a' 'b']", "[,'a']", '{}', "['a', ['b']]"]) {
      expect(stringsAfter(`api.fillList('a', 'b', ${list})`, MARK)).toBeNull();
    }
  });
});

test('a part of an address can be made of any text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), value => URL.canParse(`https://acme.example/${addressPart(value)}`)));
  expect(addressPart('R\uD800 1')).toBe('R%EF%BF%BD%201');
});

describe('no two systems claim one address', async () => {
  const systems = await loadSystems();
  test.each([
    ['oracle', 'https://hckd.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/12'],
    ['icims', 'https://careers-athletico.icims.com/jobs/4411/clinic-manager/job'],
    ['jibe', 'https://careers.enlyte.com/api/jobs'],
    ['jibe', 'https://careers.acme.example/jobs/19975?lang=en-us'],
    ['successfactors', 'https://careers.acme.example/job/Richardson-Scientist-TX-75080/1397790900/'],
    ['successfactors', 'https://careers.acme.example/job/Clinical-Trainer/50202-en_US'],
    ['taleo', 'https://uhg.taleo.net/careersection/10000/jobdetail.ftl?job=2290117'],
    ['phenom', 'https://careers.humana.com/us/en/job/R-7711/Clinical-Liaison'],
    ['eightfold', 'https://acme.eightfold.ai/careers/job/563321'],
    ['eightfold', 'https://careers.acme.example/careers?domain=acme.example'],
    ['radancy', 'https://careers.unitedhealthgroup.com/job/minneapolis/therapist/34088/81234567890'],
  ])('%s: %s', (system, address) => {
    const url = new URL(address);
    expect(recogniseUrl(url, systems)?.system).toBe(system);
    const claims = [...systems.values()].filter(adapter => adapter.recognise(url) !== null).map(adapter => adapter.system);
    expect(claims).toEqual([system]);
  });

  test.each([
    'https://www.acme.example/careers',
    'https://acme.example/job/nurse/12345',
    'https://acme.example/search?q=ot',
    'https://acme.example/jobs/7',
  ])('none: %s', address => {
    expect(recogniseUrl(new URL(address), systems)).toBeNull();
  });
});
