import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const OPS = fileURLToPath(new URL('../../ops/prometheus', import.meta.url));

const isInstalled = await run('promtool', ['--version']).then(
  () => true,
  (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    console.warn('promtool is not installed: the alerts of ops/ are not checked by Prometheus itself');
    return false;
  },
);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ombre-alerts-'));
  await cp(OPS, folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

describe.skipIf(!isInstalled)('Prometheus itself', () => {
  test('takes the configuration, and the rules that it names', async () => {
    const { stdout } = await run('promtool', ['check', 'config', join(folder, 'prometheus.yml')]);
    expect(stdout).toContain('1 rule files found');
    expect(stdout).toMatch(/SUCCESS: \d\d rules found/);
  });

  /** Series of every minute for twelve hours, and the alert that must fire (or must not) at the end of them. */
  const CASES: [string, Record<string, string>, string, boolean][] = [
    ['no worker', { 'ombre_workers{instance="api"}': '0x720' }, 'OmbreWorkerSilent', true],
    [
      'a worker, though one process has not seen it yet',
      { 'ombre_workers{instance="a"}': '1x720', 'ombre_workers{instance="b"}': '0x720' },
      'OmbreWorkerSilent',
      false,
    ],
    ['nobody who tells of workers', { 'up{job="ombre",instance="a"}': '1x720' }, 'OmbreWorkerSilent', true],
    ['a process that does not answer', { 'up{job="ombre",instance="a"}': '0x720' }, 'OmbreProcessAway', true],
    [
      'a Postgres that one of two does not reach',
      { 'ombre_up{part="postgres",instance="a"}': '1x720', 'ombre_up{part="postgres",instance="b"}': '0x720' },
      'OmbrePartAway',
      true,
    ],
    [
      'no whole board for seven hours',
      { 'ombre_newest_complete_visit_seconds{instance="a"}': '25200x720', 'ombre_sources{health="ok",instance="a"}': '3x720' },
      'OmbreFeedStale',
      true,
    ],
    [
      'no whole board, and no source to read',
      { 'ombre_newest_complete_visit_seconds{instance="a"}': '25200x720' },
      'OmbreFeedStale',
      false,
    ],
    [
      'three of ten sources unwell',
      { 'ombre_sources{health="ok"}': '7x720', 'ombre_sources{health="sick"}': '2x720', 'ombre_sources{health="blocked"}': '1x720' },
      'OmbreSourcesUnwell',
      true,
    ],
    [
      'one of ten, and many disabled',
      { 'ombre_sources{health="ok"}': '9x720', 'ombre_sources{health="sick"}': '1x720', 'ombre_sources{health="disabled"}': '50x720' },
      'OmbreSourcesUnwell',
      false,
    ],
    [
      'a visit that waits for two hours',
      { 'ombre_queue_oldest_job_seconds{queue="visits",state="waiting"}': '7200x720' },
      'OmbreQueueOld',
      true,
    ],
    ['a failed one that is kept', { 'ombre_queue_oldest_job_seconds{queue="visits",state="failed"}': '7200x720' }, 'OmbreQueueOld', false],
    ['ticks that nobody serves', { 'ombre_queue_oldest_job_seconds{queue="ticks",state="delayed"}': '900x720' }, 'OmbreTicksLate', true],
    ['a late mail', { 'ombre_digests{state="late"}': '1x720' }, 'OmbreMailsLate', true],
    [
      'mails that came due and were served',
      { 'ombre_digests{state="due"}': '9x720', 'ombre_digests{state="served"}': '9x720' },
      'OmbreMailsLate',
      false,
    ],
    [
      'an event loop that is late by a second',
      {
        'ombre_event_loop_delay_seconds_bucket{instance="a",le="0.5"}': '0x720',
        'ombre_event_loop_delay_seconds_bucket{instance="a",le="2.5"}': '0+10x720',
        'ombre_event_loop_delay_seconds_bucket{instance="a",le="+Inf"}': '0+10x720',
      },
      'OmbreEventLoopLate',
      true,
    ],
    [
      'half of the visits failing',
      { 'ombre_visits_total{system="a",outcome="complete"}': '0+1x720', 'ombre_visits_total{system="a",outcome="failed"}': '0+2x720' },
      'OmbreVisitsFail',
      true,
    ],
    ['a disk of which half a gigabyte is left', { 'ombre_disk_free_bytes{instance="a"}': '500000000x720' }, 'OmbreDiskFull', true],
    [
      'two versions of the rules',
      { 'ombre_build_info{rules="7-a"}': '1x720', 'ombre_build_info{rules="7-b"}': '1x720', 'ombre_build_info{rules="none"}': '1x720' },
      'OmbreRulesApart',
      true,
    ],
  ];

  test.each(CASES)('at %s has the alert that is meant, or none', async (_, series, alert, fires) => {
    const file = join(folder, `${alert}-${fires}.json`);
    // JSON is YAML too. `count` of an alert's labels are Prometheus' own matter, so only whether it fires is asked, by its own metric.
    const input_series = Object.entries(series).map(([name, values]) => ({ series: name, values }));
    const asked = {
      expr: `count(ALERTS{alertname="${alert}",alertstate="firing"}) or vector(0)`,
      eval_time: '11h',
      exp_samples: [{ labels: '{}', value: fires ? 1 : 0 }],
    };
    const tests = [{ interval: '1m', input_series, promql_expr_test: [asked] }];
    await writeFile(file, JSON.stringify({ rule_files: ['alerts.yml'], evaluation_interval: '1m', tests }));
    await run('promtool', ['test', 'rules', file]).catch(({ stdout, stderr }) => expect.fail(`${stdout}${stderr}`));
  });
});
