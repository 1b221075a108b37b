import { describe, expect, it } from 'vitest';
import { isQueueAway } from '../../src/queue/outage.ts';

const UNPLANNED = 'Failed to add repeatable job for next iteration: ';
const coded = (message: string, code: string) => Object.assign(new Error(message), { code });

describe('an error of the queue', () => {
  it.each([
    [coded('read ECONNRESET', 'ECONNRESET')],
    [coded('terminating connection due to administrator command', '57P01')],
    [new Error('LOADING Redis is loading the dataset in memory')],
    [new Error('Connection is closed.')],
    // BullMQ tells these in words alone; what was not planned so is planned again.
    [new Error(`${UNPLANNED}read ECONNRESET`)],
    [new Error(`${UNPLANNED}connect ECONNREFUSED 127.0.0.1:5432`)],
    [new Error(`${UNPLANNED}Connection terminated unexpectedly`)],
    [new Error(`${UNPLANNED}terminating connection due to administrator command`)],
    [new Error(`${UNPLANNED}the database system is starting up`)],
    [new Error(`${UNPLANNED}LOADING Redis is loading the dataset in memory`)],
  ])('says that its server is away: %s', error => {
    expect(isQueueAway(error)).toBe(true);
  });

  it.each([
    [new Error(`${UNPLANNED}cron expression has five fields`)],
    [new Error('read ECONNRESET of a board')],
    [new Error('Missing key for job 7')],
    ['Connection is closed.'],
  ])('says something else: %s', error => {
    expect(isQueueAway(error)).toBe(false);
  });
});
