import { harmless, type Mutation, pick } from './mutation.ts';

const COMPANY = [
  'About us: at our forty places physical therapists, occupational therapists, speech-language pathologists, PTAs and COTAs look after ten thousand people a year.',
  'Who we are: a family of clinics founded by an occupational therapist, a physical therapist and an SLP, with some 900 therapists and assistants today.',
  'Our company provides physical, occupational and speech therapy in six states. Our COTAs, PTAs, OTs, PTs and SLPs are known for their kindness.',
] as const;
const PERKS = [
  'Perks: free fruit, a quiet room, and a physical therapist who comes by once a month to look at sore backs.',
  'Our health plan pays for physical, occupational and speech therapy in full.',
  'We also offer an on-site gym, on-site child care and a course in CPR for whoever wants one.',
] as const;
const LEGAL = [
  'We are an equal opportunity employer. We make no difference by race, color, religion, sex, age, national origin, disability or veteran status. Applicants with a disability who need an accommodation may write to us.',
  'Applicants who are blind, deaf, use a wheelchair or a speech device, or live with another disability are treated like all others, and may ask for reasonable accommodation at any time.',
] as const;

/** Paragraphs that are added and say nothing of the job. */
export const ADDITIONS: readonly Mutation[] = [
  // What employs therapists ties a job to the field: for a posting of another trade that would be news.
  harmless('company paragraph', (text, chance, { label }) =>
    label.relevance === 'other' ? null : added(text, pick(COMPANY, chance), chance() < 0.5),
  ),
  harmless('perk sentence', (text, chance) => added(text, pick(PERKS, chance), false)),
  harmless('legal paragraph', (text, chance) => added(text, pick(LEGAL, chance), false)),
];

function added(text: string, paragraph: string, first: boolean): string | null {
  if (text.trim() === '') return null;
  return first ? `${paragraph}\n\n${text}` : `${text.trimEnd()}\n\n${paragraph}`;
}
