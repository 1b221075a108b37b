import { type Filter, parseQuery } from '../feed/filter.ts';
import { stateOf } from '../feed/near.ts';

/** States by the time zone that most of their people live in. */
const STATES: Readonly<Record<string, string>> = {
  'America/New_York': 'CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV',
  'America/Chicago': 'AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI',
  'America/Denver': 'CO ID MT NM UT WY',
  'America/Phoenix': 'AZ',
  'America/Los_Angeles': 'CA NV OR WA',
  'America/Anchorage': 'AK',
  'Pacific/Honolulu': 'HI',
  'America/Puerto_Rico': 'PR VI',
  'Pacific/Guam': 'GU MP',
  'Pacific/Pago_Pago': 'AS',
};
const ZONE_OF = new Map(Object.entries(STATES).flatMap(([zone, states]) => states.split(' ').map(state => [state, zone] as const)));

/** The time zone of who asks for these jobs, where the place in the filter says it; null without a place, and for states of several zones. */
export function zoneOfFilter(query: string): string | null {
  const zones = new Set(statesOf(parseQuery(query)).map(state => ZONE_OF.get(state)));
  const [zone] = zones;
  return zones.size === 1 && zone !== undefined ? zone : null;
}

/** A place one looks around is where one lives, whichever states are asked for besides. */
function statesOf({ near, state }: Filter): readonly string[] {
  if (!near) return state;
  const around = stateOf(near.place);
  return around === null ? [] : [around];
}
