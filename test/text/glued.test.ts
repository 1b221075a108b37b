import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/text/document.ts';

const lines = (text: string) => readDocument({ title: '', text }).text.segments.map(({ start, end }) => text.slice(start, end));

describe('lines run together without a space', () => {
  it.each([
    ["What You'll NeedA valid license3 years experience", ["What You'll Need", 'A valid license', '3 years experience']],
    ['Good with Word4+ years of caravan sales', ['Good with Word', '4+ years of caravan sales']],
    ['A Class B license or a Zoom4 room kit', ['A Class B license or a Zoom4 room kit']],
    ["QualificationsBachelor's degree requiredTwo years", ['Qualifications', "Bachelor's degree required", 'Two years']],
    ['YOU HAVEA degree in nursing', ['YOU HAVE', 'A degree in nursing']],
    ['OUR CULTUREWe read together', ['OUR CULTURE', 'We read together']],
    ['Great benefits401(k) match', ['Great benefits', '401(k) match']],
    ['Degree in finance3-5 years of audits', ['Degree in finance', '3-5 years of audits']],
    ['Reviews charts.Approves requests', ['Reviews charts', 'Approves requests']],
    ['A license (any state)Must drive', ['A license (any state', 'Must drive']],
    ['Travel up to 25%Ability to lift', ['Travel up to 25', 'Ability to lift']],
    ['Type: Full-timeShift: days', ['Type: Full-time', 'Shift: days']],
    ['Schedule: Full TimeShift Hours: 10', ['Schedule: Full Time', 'Shift Hours: 10']],
  ])('cuts %s', (text, expected) => {
    expect(lines(text)).toEqual(expected);
  });

  it.each([
    'McDonald, iPhone, LinkedIn, JavaScript and eClinicalWorks',
    'PharmD, PhD, OTR/L, COTA/L, PTAs, KPIs and RNs',
    '401k, B2B, H1B, 1099, M-F8-5 and COVID19',
    'Charts in PointClickCare, InterQual and MatrixCare',
    'Snowfield runs MedNorth clinics, and MedNorth hires',
  ])('leaves whole: %s', text => {
    expect(lines(text)).toEqual([text]);
  });

  it('makes headings and items of what it cuts', () => {
    const text = 'Responsibilities\nReads chartsWrites lettersRequirementsActive license';
    expect(readDocument({ title: '', text }).text.segments.map(({ section, kind }) => [section, kind])).toEqual([
      ['duties', 'heading'],
      ['duties', 'sentence'],
      ['duties', 'item'],
      ['requirements', 'heading'],
      ['requirements', 'sentence'],
    ]);
  });
});
