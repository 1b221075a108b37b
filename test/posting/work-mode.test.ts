import { expect, it } from 'vitest';
import { readPlaces } from '../../src/posting/places.ts';
import { workModeIn, workModeOfPlaces } from '../../src/posting/work-mode.ts';

it.each([
  ['Remote', 'remote'],
  ['TELECOMMUTE', 'remote'],
  ['Fully remote', 'remote'],
  ['Remote - US', 'remote'],
  ['Work from home', 'remote'],
  ['Home-based', 'remote'],
  ['Hybrid', 'hybrid'],
  ['HYBRID_REMOTE', 'hybrid'],
  ['Remote/Hybrid', null],
  ['On-site', 'onsite'],
  ['ON_SITE', 'onsite'],
  ['Onsite', 'onsite'],
  ['In Office', 'onsite'],
  ['In-person', 'onsite'],
  ['Remote or on-site', null],
  ['Not remote', null],
  ['Non-remote', null],
  ['Remote: no', null],
  ['Remote possible', null],
  ['Minneapolis, MN', null],
  ['MN-Edina-Home Office', null],
  ['Telemetry unit', null],
  ['', null],
])('%j says %s', (words, mode) => {
  expect(workModeIn([words])).toBe(mode);
});

it('words that disagree say nothing, words that are silent do not disagree', () => {
  expect(workModeIn(['Remote', 'Hybrid'])).toBeNull();
  expect(workModeIn(['Remote', null, undefined, 'Duluth, MN'])).toBe('remote');
});

const of = (...raws: string[]) => workModeOfPlaces(readPlaces(raws.map(raw => ({ raw }))));

it('a city without a word of mode beside a remote place leaves it open', () => {
  expect(of('Remote', 'United States')).toBe('remote');
  expect(of('Remote - Texas')).toBe('remote');
  expect(of('Remote - Texas', 'Duluth, MN')).toBeNull();
  expect(of('Austin, TX (Remote)', 'Duluth, MN')).toBeNull();
  expect(of('Duluth, MN (Hybrid)')).toBe('hybrid');
  expect(of('Duluth, MN')).toBeNull();
});

it('a place that is nothing but a mode, or remote in a whole country, speaks of the job', () => {
  expect(of('Remote', 'Duluth, MN')).toBe('remote');
  expect(of('Remote, US', 'Duluth, MN')).toBe('remote');
  expect(of('Duluth, MN', 'Hybrid')).toBe('hybrid');
  expect(of('Remote', 'Duluth, MN (Hybrid)')).toBeNull();
});
