import { describe, expect, it } from 'vitest';
import { asked } from './verdicts-of.ts';

describe('what a degree is bent toward', () => {
  it.each([
    ["Bachelor's degree with a concentration in ergonomics, physical therapy or a closely related field", 'oonoo'],
    ["A bachelor's degree, with course work in occupational therapy, design or a field near them", 'noooo'],
    ["Bachelor's or higher degree from an accredited school with major work in safety, OT, PT or an area akin to these", 'nonoo'],
    ["A bachelor's degree with an emphasis on kinesiology or speech-language pathology, or closely related", 'oooon'],
    ["Bachelor's degree with major study in geography, occupational therapy or a subject closely related to these", 'noooo'],
    ['Degree with specialization in safety, speech pathology, or a field nearest to that', 'oooon'],
    ["Bachelor's degree with two years in a warehouse", 'ooooo'],
    ['The seat may be filled at either level. Two years in an office.', 'ooooo'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});

describe('the school and the board of one profession', () => {
  it.each([
    ['You hold a diploma from a two-year course in occupational therapy', 'bnbbb'],
    ['Diploma from a two-year program under CAPTE', 'bbbnb'],
    ['A degree from a CAPTE school and a license from the PT board', 'bbnbb'],
    ['A license from the physical therapy board', 'bbnbb'],
  ])('%s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });
});
