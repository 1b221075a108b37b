import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const TITLES = new URL('../../shared/titles/titles-60k.jsonl.gz', import.meta.url);
/** Where no real ones are at hand. */
const OWN = [
  'Registered Nurse, Medical Surgical',
  'Environmental Services Worker',
  'Physical Therapist, Outpatient',
  'Utilization Review Nurse',
  'Patient Access Representative',
  'Occupational Therapist, PRN',
  'Cook',
  'Respiratory Therapist',
  'Care Coordinator, Rehabilitation',
  'Software Engineer',
  'Medical Assistant',
  'Radiology Technologist',
  'Clinical Informatics Analyst',
  'Security Officer',
  'Certified Nursing Assistant, Nights',
  'Pharmacy Technician',
];

/** A title of a list, with a short form of its employer's name where it is real. */
type HospitalTitle = { title: string; company: string };

/** Titles of postings of hospitals and health systems, and where they are from. */
export function hospitalTitles(): { listed: HospitalTitle[]; titles: string[]; from: string } {
  if (!existsSync(TITLES)) return { listed: OWN.map(title => ({ title, company: '' })), titles: OWN, from: 'invented titles' };
  const rows = gunzipSync(readFileSync(TITLES)).toString().trim().split('\n');
  const listed = rows.map(row => JSON.parse(row) as HospitalTitle).filter(({ company }) => /health|hospital|medical|clinic/i.test(company));
  return { listed, titles: listed.map(({ title }) => title), from: `${listed.length} real titles of health systems` };
}
