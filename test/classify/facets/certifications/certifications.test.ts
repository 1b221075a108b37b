import { describe, expect, test } from 'vitest';
import { defaultRules } from '../../../../src/classify/compile/compile.ts';
import { facetsOf, required } from '../reading-of.ts';

describe('certifications asked for', () => {
  const SAID: readonly (readonly [string, string[]])[] = [
    [required('ATP certification required'), ['ATP:required']],
    [required('ATP or SMS preferred; wheelchair experience'), ['ATP:preferred', 'SMS:preferred']],
    [required('OT license, or CAPS with some remodeling'), []],
    [required('Certified Case Manager (CCM) preferred'), ['CCM:preferred']],
    [required('CCM required within 2 years of hire'), ['CCM:required']],
    [required('CPR/BLS certification'), ['BLS:required', 'CPR:required']],
    [required('CPR and BLS certification'), ['BLS:required', 'CPR:required']],
    ['Preferred:\n- CEAS\n- CHT', ['CEAS:preferred', 'CHT:preferred']],
    [required('Knowledge of InterQual or MCG criteria preferred'), ['InterQual:preferred', 'MCG:preferred']],
    [required('Current BLS required; CCM, CRC or ACM a plus'), ['BLS:required', 'ACM:preferred', 'CCM:preferred', 'CRC:preferred']],
    [required('Certified Professional Coder (CPC) credential or ability to obtain'), ['CPC:required']],
    [required('CAPS, ECHM or similar home modification credential desired'), ['CAPS:preferred', 'ECHM:preferred']],
    [required('Lots of caps and gowns, send sms to patients'), []],
    [required('CEAS is nice'), ['CEAS:preferred']],
    [required('Physical therapist; NCS or ATP appreciated'), ['ATP:preferred', 'NCS:preferred']],
    [required('CPC or working toward it'), ['CPC:preferred']],
    [required('FCE certification or training within 90 days'), ['FCE certification:required']],
    [required('ACLS not needed'), []],
    [required('Gives first aid within OSHA’s definition'), []],
    ['Three years as a mason, OSHA 10.', ['OSHA 10:required']],
    ['RN; BLS.', ['BLS:required']],
    ['You will work with our ATP to fit chairs.', []],
    [required('RAC-CT certification preferred'), ['RAC-CT:preferred']],
    [required('Certified Professional Ergonomist (CPE) strongly preferred'), ['CPE:preferred']],
    ['About us: CARF accredited, BLS classes offered.', []],
    [required('Must hold CBIS or obtain within one year'), ['CBIS:required']],
    [required('Board certification (NCS, GCS) in physical therapy preferred'), ['GCS:preferred', 'NCS:preferred']],
    [required('CPHQ preferred'), ['CPHQ:preferred']],
    [required('PALS if you float to pediatrics'), []],
    [required('Knowing MCG helps'), ['MCG:preferred']],
    [required('CRRN is preferred for nurses'), ['CRRN:preferred']],
    [required('Keep an eye on the CPC of our ads'), []],
    [required('First aid and CPR'), ['CPR:required', 'First Aid:required']],
    [required('Epic certification in Radiant or Beaker'), ['Epic certification:required']],
    ['Asks for five years of Epic', []],
    [required('Pleasant extras: CPHRM'), ['CPHRM:preferred']],
    [required('The ideal candidate brings: CPHRM'), ['CPHRM:required']],
    [required('RN license; also useful: CCM'), ['CCM:preferred']],
    [required('Wound certificate (WCC) through the board - Preferred'), ['WCC:preferred']],
    [required('CDMS, held now or no later than two years after you join'), ['CDMS:required']],
    [required('We pay for your CLCP'), []],
    [required('MCG class is provided at orientation'), []],
    [required('CPHQ may count for one year of experience'), []],
    [required('RN, CCM or CDMS'), ['CCM:required', 'CDMS:required']],
    [required('PT with OCS or OT with CHT'), ['CHT:required', 'OCS:required']],
    [required('CHC or a comparable compliance credential'), ['CHC:required']],
    [required('A therapy credential in good standing'), []],
    [required('CITI certificate in human subjects research'), ['CITI:required']],
    [required('Certification in utilization review or care coordination (CCM)'), ['CCM:required']],
    [required('AHIMA or AAPC certification'), ['AAPC:required', 'AHIMA:required']],
    [required('CCS through AHIMA'), ['CCS:required']],
    [required('Applies LCDs; CPMA certification'), ['CPMA:required']],
    ['Requirements:\nA degree\nExcel\n\nWould be a plus\nCPHQ\nSpanish', ['CPHQ:preferred']],
    ['What you will do:\n- Review charts\nRequired\n- RHIT\nPreferred\n- CCDS', ['CCDS:preferred', 'RHIT:required']],
    [required('QXYZ within a year of hire'), ['QXYZ:required']],
    [required('CDRS, or the will to earn it in your first year'), ['CDRS:required']],
    [required('CDRS, or the will to earn it'), ['CDRS:preferred']],
    [
      required('Certified Rehabilitation Counselor (CRC) or Certified Vocational Evaluator (CVE) preferred'),
      ['CRC:preferred', 'CVE:preferred'],
    ],
    [required('A certificate in gerontology or a degree'), []],
    [required('Social Security + Medicare rules'), []],
    ['Requirements:\n- A degree\nWhat is a plus\n- CHT', ['CHT:preferred']],
    ['What you will do:\n- Track BLS and ACLS certifications of the staff', []],
    ['What you will do:\n- Fit chairs\nWhat we need to see\n- ATP', ['ATP:required']],
    // Of the letters that are found without their last s those count that are written.
    [required('COHN preferred; CPCS required'), ['COHN:preferred', 'CPCS:required']],
    // Certificates of others, of the employer and of places.
    ['You recruit nurses with CRRN and CCM for our clients.', []],
    ['The supervisor is a CBIST.', []],
    [required('Slides are read by certified hand therapists'), []],
    [required('We are a certified Great Place to Work'), []],
    [required('Home within an hour of ATL, CLT or TPA'), []],
    [required('You write to patients on our SMS platform'), []],
    ['The CHT exam is what our study group is about.', []],
    // What praise leads to, what a label leads, and what is true once more.
    ['LIKED: SCRN certification.', ['SCRN:preferred']],
    [required('Consideration is given to those with CPE'), ['CPE:preferred']],
    ['Priority for candidates with CPHQ.', ['CPHQ:preferred']],
    ['Preferred certifications: CDP; BLS.', ['BLS:preferred', 'CDP:preferred']],
    [required('CPHQ would be nice, CPPS too'), ['CPHQ:preferred', 'CPPS:preferred']],
    [required('BLS - Required, ACLS - Preferred'), ['ACLS:preferred', 'BLS:required']],
    [required('Wound care certified (WCC) or ostomy certified (COCN) a plus'), ['COCN:preferred', 'WCC:preferred']],
    // Wishes with a date.
    [required('CCM preferred; CRRN required within two years'), ['CCM:preferred', 'CRRN:required']],
    ['Preferred:\n- RAC-CT, or plans to sit for it in your first year', ['RAC-CT:preferred']],
    // Forms.
    [required('QXYZ preferred'), ['QXYZ:preferred']],
    [required('QXYZ experience preferred'), []],
    [required('Epic certification in Cadence or in Prelude'), ['Epic certification:required']],
    // Letters of tools, of things and of the employer.
    [required('Experience in ergonomics and a CEAS'), ['CEAS:required']],
    [required('Knowledge of MCG'), ['MCG:required']],
    ['Requirements:\n- Services such as:\n- ECS/EKS', []],
    [required('Pages in ASP.NET'), []],
    [required('Relevant IT qualification'), []],
    [required('Rotation of TLS certificates in the PKI'), []],
    [required('Holds a plumbing safety trade certification'), ['Plumbing safety trade certification:required']],
    [required('Plumbing safety certifications'), []],
    [required('Proud of our B Corp certification'), []],
    [required('NMC registered'), []],
    [required('Some here hold CBIS or CRC'), []],
    [required('Your mentor, a CBIS, sits with you'), []],
    // What asks now, later, of others, or only likes.
    [required('CLT is not needed on day one but within two years'), ['CLT:required']],
    [required('CLT: helpful, not needed'), ['CLT:preferred']],
    [required('CHC would please the auditors'), ['CHC:preferred']],
    [required('CHC if you have it'), ['CHC:preferred']],
    [required('Audit work is preferred, and so is a CHC'), ['CHC:preferred']],
    [required('CSPO is fine, we won’t ask for it'), []],
    [required('A degree plus (ideally) CHC'), ['CHC:preferred']],
    [required('A compliance certification (CHC, QXYZ Fellow) can be helpful'), ['CHC:preferred', 'QXYZ:preferred']],
    ['What we require\nA license\nBLS\n\nWhat we would like to see\nA year of visits\nCLT', ['BLS:required', 'CLT:preferred']],
    // Names by what one is then, and by who gives them.
    ['State certification as a home screener is due within 90 days.', ['Home screener:required']],
    [required('State certification as a nurse aide'), []],
    [required('Certification as required'), []],
    [required('Good Clinical Practice certificate'), ['GCP:required']],
  ];
  test.each(SAID)('%j', (text, wanted) => {
    const read = facetsOf(text).certifications.map(({ name, need }) => `${name}:${need}`);
    expect(read.toSorted()).toEqual(wanted.toSorted());
  });

  test('every certificate of the table is found where it is demanded by its first name', () => {
    const table = defaultRules().rules.filter(({ id }) => id.startsWith('certificate.') && id !== 'certificate.belt');
    expect(table.length).toBeGreaterThan(200);
    for (const { id, must, effect } of table) {
      const read = facetsOf(required(`${must[0]} certification required`)).certifications;
      expect(read, id).toContainEqual({ name: 'facet' in effect ? effect.value : '', need: 'required' });
    }
  });
});
