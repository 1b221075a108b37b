import { describe, expect, test } from 'vitest';
import { facetsOf } from '../reading-of.ts';

describe('certificates that are paid for', () => {
  const LIKED: readonly (readonly [string, readonly string[]])[] = [
    ['Somebody who already has CNLCP starts a step higher.', ['CNLCP preferred']],
    ['With a CCM you start two dollars higher.', ['CCM preferred']],
    ['Holders of a CDMS begin at a higher step.', ['CDMS preferred']],
    ['CHT adds $3 an hour.', ['CHT preferred']],
    ['ELS certification gets two dollars more.', ['ELS preferred']],
    ['A CPC is worth another dollar an hour.', ['CPC preferred']],
    ['The top rate is for holders of a CAPS.', ['CAPS preferred']],
    ['Requirements:\n- RN license\n- CWCN earns a higher rate', ['CWCN preferred']],
    ['Requirements:\n- BLS\n- A CRC would be a pleasant surprise', ['BLS required', 'CRC preferred']],
    ['Must hold BLS; the higher rate is for nights.', ['BLS required']],
    ['Requirements:\n- CPC, or willingness to get one in a year', ['CPC required']],
  ];
  test.each(LIKED)('%j likes what it pays more for: %j', (text, wanted) =>
    expect(facetsOf(text).certifications.map(({ name, need }) => `${name} ${need}`)).toEqual(wanted),
  );
});
