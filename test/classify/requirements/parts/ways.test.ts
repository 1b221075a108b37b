import { describe, expect, it } from 'vitest';
import { asked, verdictsOf } from '../verdicts-of.ts';

describe('a list in one line', () => {
  it.each([
    ['Requires: active RN license; two years of acute care; ACM or CCM a plus', 'bbbbb'],
    ['Current unrestricted registered nurse license in Iowa; at least four years of case work; CRRN or CDMS preferred', 'bbbbb'],
    ['PT license in Oregon or eligible, three years in a clinic', 'bbnbb'],
    ['OT or SLP license, active w/out conditions - 3 years with children - 1 year of review liked', 'nbbbn'],
    ['PT/OT (DPT, OTR) | license in Maine or compact | 2+ years of orthopedics', 'nbnbb'],
    ['LPN or RN; steady hands; six months of phone work', 'bbbbb'],
    ['PT, OT or nurse license together with a CFE or CPC', 'nbnbb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a label', () => {
  it.each([
    ["Education: Bachelor's. Experience: three years at a desk", 'ooooo'],
    ['Required education: high school diploma or GED', 'ooooo'],
    ['Education - associate degree', 'ooooo'],
    ["Minimum education: Bachelor's degree\nMinimum experience: two years", 'ooooo'],
  ])('is no field of a degree: %s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a degree', () => {
  it.each([
    ["Bachelor's degree (or have done work like this for years)", 'ooooo'],
    ["A bachelor's degree in whatever you loved", 'ooooo'],
    ["Bachelor's (any), two years of selling", 'ooooo'],
    ['Graduated from an accredited high school', 'ooooo'],
    ['Coursework in physiology, engineering or psychology', 'ooooo'],
  ])('that leaves the door open: %s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a generic license with a list', () => {
  it.each([
    ['Active clinical license, any discipline (e.g., nursing, therapy, radiologic technology)', 'iiiii'],
    ['Any licensed clinician, including LPNs, respiratory therapists and dietitians', 'iiiii'],
    ['Active license in occupational or physical therapy (therapist or assistant)', 'nnnnb'],
    ['A licensed clinician in any of the rehabilitation disciplines', 'iiiii'],
    ['Open to all rehab disciplines: PT, OT, ST, PTA, COTA', 'nnnnn'],
    ['RN with a current license, RAC-CT or get it in 1 yr', 'bbbbb'],
    ['Associate degree in any field and two years at a front desk, or one of these credentials: LPN, PTA', 'ooono'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a line that begins with another way', () => {
  it.each([
    [
      "Road one: an OT or PT license and two years with wheelchairs.\nRoad two: a bachelor's degree in anything and three years of selling.",
      'nonoo',
    ],
    ['Path 1: RN license\nPath 2: high school diploma and five years in claims', 'ooooo'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('a heading that begins with who we', () => {
  it.each([
    ['Who we need this spring', 'nbnbb'],
    ['Who We Have in Mind', 'nbnbb'],
    ['Who We Serve', 'uuuuu'],
  ])('asks for somebody or tells of the employer: %s → %s', (heading, expected) => {
    const text = `What you do\n- Reads requests of members\n- Answers by letter\n\n${heading}\n- OTs and PTs with five years behind them`;
    expect(verdictsOf({ title: 'Request Desk Coordinator', text })).toBe(expected);
  });
});

describe('a title of recruiting or selling', () => {
  it.each([
    ['Nurse and Allied Recruiter', 'ooooo'],
    ['Physician Practice Account Manager, Sales', 'ooooo'],
    ['Equipment Sales Specialist, RN', 'bbbbb'],
  ])('is about those it names, and of those set apart: %s → %s', (title, expected) => {
    expect(asked('Three years of the same', title)).toBe(expected);
  });
});

describe('a profession among fields that anybody may work in', () => {
  it.each([
    ['1 year in assistive technology, adaptive driving or occupational therapy', 'ooooo'],
    ['Two years in health care or physical therapy', 'ooooo'],
    ['Two years of practice in occupational therapy', 'nbbbb'],
  ])('is a field as well: %s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});
