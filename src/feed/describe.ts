import { STATE_NAMES } from '../posting/states.ts';
import { PATHS, roleName } from '../posting/taxonomy.ts';
import type { Filter } from './filter.ts';
import { sinceText } from './since.ts';

/** A filter in a few words, for titles: `Utilization review jobs for OTA, remote`. */
export function describeFilter(filter: Filter): string {
  const { near } = filter;
  const what = filter.path.length ? filter.path.map(path => PATHS[path].name).join(' or ') : 'Non-clinical';
  const parts = [
    `${what} jobs${filter.credential.length ? ` for ${filter.credential.join(' or ')}` : ''}`,
    ...filter.role.map(roleName),
    ...filter.work_mode,
    ...filter.employment_type.map(type => type.replaceAll('_', ' ')),
    filter.beside && 'beside a clinical job',
    filter.state.length && `in ${filter.state.map(code => STATE_NAMES.get(code) ?? code).join(', ')}`,
    near && `within ${near.miles} miles of ${near.place}`,
    filter.pay_min !== null && `from $${filter.pay_min.toLocaleString('en-US')} a ${filter.pay_interval}`,
    filter.max_years !== null && `at most ${filter.max_years} years asked`,
    filter.company.length && `at ${filter.company.join(', ')}`,
    filter.q !== null && `matching ${filter.q}`,
    filter.since && `since ${sinceText(filter.since)}`,
  ];
  return parts.filter(Boolean).join(', ');
}
