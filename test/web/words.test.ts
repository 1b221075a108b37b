import { expect, it } from 'vitest';
import { aDegree, degreeName, whereText } from '../../src/web/view/words.ts';

it('tells a place that is only the mode of work once', () => {
  const place = (raw: string, city: string | null = null) => ({ raw, city, region: null, country: null });
  expect(whereText({ work_mode: 'remote', places: [place('Remote')] })).toBe('Remote');
  expect(whereText({ work_mode: 'remote', places: [place(' REMOTE '), place('Boise', 'Boise')] })).toBe('Remote · Boise');
  expect(whereText({ work_mode: null, places: [place('Remote')] })).toBe('Remote');
});

it('calls a degree by its name, inside a sentence and alone', () => {
  expect([aDegree('bachelor'), degreeName('bachelor')]).toEqual(['a bachelor’s degree', 'Bachelor’s degree']);
  expect([aDegree('associate'), degreeName('associate')]).toEqual(['an associate degree', 'Associate degree']);
});
