import type { Bucket } from '../evaluation/calibration.ts';
import type { Figures } from '../evaluation/evaluate.ts';
import type { EvaluationReport } from '../evaluation/measure.ts';
import { table } from './_output.ts';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const HEAD = [
  '',
  'n',
  'takes me P',
  'R',
  'sure P',
  'share',
  'relevance P',
  'R',
  'path',
  'macro F1',
  'role',
  'exact',
  'may apply',
  'mode',
  'years',
  'pay',
  'employment',
  'caseload',
  'certs F1',
  'blind R',
  'held',
];

/** One line of the table; what was not measured of a part of the set stays empty. */
function row(name: string, of: Figures & Partial<Pick<EvaluationReport, 'title_blind' | 'mutations'>>): (string | number)[] {
  const {
    takes_me,
    takes_me_sure: sure,
    relevance,
    path,
    role,
    verdicts,
    work_mode,
    min_years,
    pay,
    employment_type,
    caseload,
    certifications,
  } = of;
  const shares = [takes_me.precision, takes_me.recall, sure.precision, sure.share, relevance.precision, relevance.recall];
  shares.push(
    path.accuracy,
    path.macro_f1,
    role.accuracy,
    verdicts.exact,
    verdicts.may_apply,
    work_mode,
    min_years,
    pay,
    employment_type,
    caseload,
    certifications.f1,
  );
  const { title_blind: blind, mutations } = of;
  const rest = [blind ? percent(blind.recall) : '', mutations && mutations.of > 0 ? percent(mutations.held / mutations.of) : ''];
  return [name, of.n, ...shares.map(percent), ...rest];
}

/** An evaluation as a person reads it: everything, then by origin, sureness, path and credential, and what is wrong. */
export function describeEvaluation(report: EvaluationReport): string {
  const { title_blind, path, verdicts, calibration, verdict_calibration } = report;
  const rows = [
    row('ombre', report),
    ...Object.entries(report.per_sure).map(([sure, of]) => row(`sure: ${sure}`, of)),
    ...Object.entries(report.per_origin).map(([origin, of]) => row(`origin: ${origin}`, of)),
    ...Object.entries(report.baselines ?? {}).map(([name, of]) => row(name, of)),
  ];
  const paths = Object.entries(path.per).map(([name, { n, precision, recall, f1 }]) => [
    name,
    n,
    percent(precision),
    percent(recall),
    percent(f1),
  ]);
  const credentials = Object.entries(verdicts.per).map(([name, { exact, may_apply }]) => [name, percent(exact), percent(may_apply)]);
  return [
    `${report.n} postings, rules ${report.rules_version}`,
    table(HEAD, rows),
    `with every title "Associate": relevance precision ${percent(title_blind.precision)}, recall ${percent(title_blind.recall)}`,
    table(['path', 'n', 'precision', 'recall', 'F1'], paths),
    table(['credential', 'exact', 'may apply'], credentials),
    table(['confidence said', 'relevance right', 'n'], calibration.map(bucket)),
    table(['confidence said', 'may apply right', 'n'], verdict_calibration.map(bucket)),
    ...describeMutations(report),
    describeWrong(report),
  ].join('\n\n');
}

const bucket = ({ said, right, n }: Bucket) => [percent(said), percent(right), n];

function describeMutations({ mutations }: EvaluationReport): string[] {
  if (!mutations) return [];
  const { held, of, per = {}, broken = [] } = mutations;
  const told = [`${held} of ${of} changed wordings were answered as they must be${of === 0 ? '' : ` (${percent(held / of)})`}`];
  const kinds = Object.entries(per).map(([name, count]) => [name, count.held, count.of]);
  if (kinds.length > 0) told.push(table(['change', 'held', 'of'], kinds));
  const rows = broken.map(({ id, title, mutation, what, expected, got }) => [
    id,
    title.slice(0, 48),
    mutation,
    what,
    short(expected),
    short(got),
  ]);
  if (rows.length > 0) told.push(table(['id', 'title', 'change', 'what', 'must be', 'ombre'], rows));
  return told;
}

function describeWrong({ wrong }: EvaluationReport): string {
  if (wrong.length === 0) return 'nothing wrong';
  const rows = wrong.map(({ id, title, what, expected, got, rule }) => [id, title.slice(0, 48), what, short(expected), short(got), rule]);
  return table(['id', 'title', 'what', 'label', 'ombre', 'rule'], rows);
}

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
