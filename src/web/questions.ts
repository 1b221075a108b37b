import { CREDENTIAL_NAMES, CREDENTIAL_SHORT } from '../feed/verdict-words.ts';
import { STATE_NAMES } from '../posting/states.ts';
import { CREDENTIALS } from '../posting/taxonomy.ts';
import type { Traits } from './guides.ts';
import { dollars } from './view/words.ts';

/** What an answer does: values it sets in the filter, and what it wants of a path. */
export type Option = {
  value: string;
  label: string;
  /** More words below the label. */
  told?: string;
  filter?: Record<string, string>;
  /** Points of a path, from its traits; with the reason when it fits well. */
  fit?: (traits: Traits) => { points: number; because?: string };
};

export type Question = {
  name: string;
  ask: string;
  why: string;
  options: readonly Option[];
  /** The answers say what to advise, not which jobs to show. */
  advises?: true;
  /** Many more answers, to choose from a list: `label` names the list. */
  list?: { label: string; options: readonly Option[] };
};

/** The answer of those who would rather not say: it asks nothing. */
export const SKIP = 'any';

const fits = (points: number, because: string) => ({ points, ...(points > 1 && { because }) });
const fromHome = ({ remote }: Traits) => fits(remote, 'can often be done from home');
const paysWell = ({ pay }: Traits) => fits(pay, 'pays like clinical work or more');
const PAY = [100_000, 90_000, 80_000, 70_000, 60_000, 50_000, 40_000];

/**
 * Who is asking, then what they want: the job or the employer, patient care, moving, pay, a gap, a certification, starting small, the body,
 * and the questions of others.
 */
export const QUESTIONS: readonly Question[] = [
  {
    name: 'credential',
    ask: 'Which credential do you hold?',
    why: 'A posting that takes a therapist doesn’t always take an assistant. Every job you’ll see says something about yours.',
    options: CREDENTIALS.map(credential => ({
      value: credential,
      label: CREDENTIAL_SHORT[credential],
      told: CREDENTIAL_NAMES[credential],
      filter: { credential },
    })),
  },
  {
    name: 'reason',
    advises: true,
    ask: 'Is it the job, or is it the employer?',
    why: 'A bad manager, a bad company or a productivity target nobody can meet feels a lot like a bad career. They call for different fixes.',
    options: [
      { value: 'job', label: 'The job itself', told: 'I’d feel the same somewhere else' },
      { value: 'employer', label: 'Mostly the employer', told: 'The manager, the hours or the target' },
      { value: 'unsure', label: 'I can’t tell' },
    ],
  },
  {
    name: 'care',
    ask: 'Do you want to leave patient care?',
    why: 'Few postings say how much contact there is, so your answer sorts the paths and hides nothing.',
    options: [
      { value: 'leave', label: 'Yes, completely', fit: ({ contact }) => fits([2, 1, 0][contact]!, 'no patient contact') },
      {
        value: 'some',
        label: 'I’d like some contact',
        told: 'Without the hands-on work',
        fit: ({ contact }) => fits([0, 2, 1][contact]!, 'some patient contact'),
      },
      {
        value: 'keep',
        label: 'I’d miss the patients',
        told: 'I’d rather leave the setting',
        fit: ({ contact }) => fits([0, 1, 2][contact]!, 'you keep meeting patients'),
      },
    ],
  },
  {
    name: 'move',
    ask: 'Can you move?',
    why: 'Sales territories and some company jobs ask people to relocate. Remote jobs don’t, but some are limited to certain states.',
    options: [
      {
        value: 'remote',
        label: 'No, I want to work from home',
        filter: { work_mode: 'remote' },
        fit: fromHome,
      },
      { value: 'yes', label: 'Yes, I can move or travel' },
    ],
    list: {
      label: 'No, I’m staying in',
      options: [...STATE_NAMES].map(([code, name]) => ({
        value: code,
        label: name,
        filter: { state: code },
        fit: fromHome,
      })),
    },
  },
  {
    name: 'pay',
    ask: 'Can you earn less for a while?',
    why: 'Many paths start below a clinical wage and catch up later. Sales can pass it. If you name a figure, postings that state no pay are left out.',
    options: [
      { value: 'yes', label: 'Yes, at first' },
      {
        value: 'same',
        label: 'I’d rather not',
        told: 'Sorts the paths, hides nothing',
        fit: paysWell,
      },
    ],
    list: {
      label: 'No, only jobs that state at least',
      options: PAY.map(pay => ({
        value: String(pay),
        label: `${dollars(pay)} a year`,
        filter: { pay_min: String(pay) },
        fit: paysWell,
      })),
    },
  },
  {
    name: 'gap',
    ask: 'Can you handle a gap in pay?',
    why: 'An ombre is a gradual change of color. Part-time, per diem and contract jobs fit alongside a clinical job, so the pay never stops.',
    options: [
      {
        value: 'beside',
        label: 'No, I’d start alongside my clinical job',
        filter: { beside: '1' },
        fit: ({ beside }) => fits(beside, 'can be started alongside a clinical job'),
      },
      {
        value: 'switch',
        label: 'No, I’d go from one full-time job to the next',
        filter: { employment_type: 'full_time' },
        fit: ({ beside }) => ({ points: beside === 0 ? 1 : 0 }),
      },
      { value: 'yes', label: 'Yes, I could handle one' },
    ],
  },
  {
    name: 'certification',
    ask: 'Do you have time and money for a certification?',
    why: 'ATP, CEAS or CCM open doors. They also cost fees, hours and an exam.',
    options: [
      {
        value: 'no',
        label: 'Not now',
        told: 'Leaves out jobs that require one',
        filter: { without_certification: 'any' },
        fit: ({ certification }) => fits(2 - certification, 'no certificate needed to start'),
      },
      {
        value: 'short',
        label: 'A short course would work',
        fit: ({ certification }) => fits(certification === 1 ? 2 : 1, 'a short certificate helps'),
      },
      { value: 'yes', label: 'Yes', fit: ({ certification }) => fits(certification, 'a certification opens it') },
    ],
  },
  {
    name: 'small',
    ask: 'Are you OK with starting small?',
    why: 'Being new again is humbling after years of being good at something. Some paths count your clinical years from day one.',
    options: [
      {
        value: 'yes',
        label: 'Yes',
        told: 'Leaves out jobs that ask for more than two years',
        filter: { max_years: '2' },
        fit: ({ entry }) => fits(entry, 'takes beginners'),
      },
      { value: 'either', label: 'Either is fine' },
      {
        value: 'no',
        label: 'No, my clinical years should count',
        fit: ({ entry }) => fits(2 - entry, 'clinical years count from day one'),
      },
    ],
  },
  {
    name: 'body',
    ask: 'Does the job need to be easy on your body?',
    why: 'Postings that state no lifting limit stay in, because most desk jobs don’t mention one.',
    options: [
      {
        value: 'desk',
        label: 'Yes, no lifting',
        told: 'At most 10 pounds',
        filter: { max_lifting: '10' },
        fit: ({ body }) => fits(2 - body, 'nothing physical'),
      },
      {
        value: 'light',
        label: 'A little is fine',
        told: 'At most 25 pounds',
        filter: { max_lifting: '25' },
        fit: ({ body }) => ({ points: body === 2 ? 0 : 1 }),
      },
      { value: 'whatever', label: 'It doesn’t matter' },
    ],
  },
  {
    name: 'ready',
    advises: true,
    ask: 'Are you ready for the questions people will ask?',
    why: 'Coworkers, family and interviewers will ask why you’re leaving and how you’ll afford it. You’ll ask yourself, too. It’s easier with an answer.',
    options: [
      { value: 'yes', label: 'Yes, I know what I’d say' },
      { value: 'not-yet', label: 'Not yet', told: 'We’ll show you the three that come most' },
    ],
  },
];

/** Every answer a question takes. */
export function optionsOf(question: Question): readonly Option[] {
  return [...question.options, ...(question.list?.options ?? [])];
}
