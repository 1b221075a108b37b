import { describe, expect, it } from 'vitest';
import { hostKey } from '../../../src/crawlers/engine/host-key.ts';
import { MemoryHostLimiter } from '../../../src/crawlers/engine/memory-hosts.ts';

const { signal } = new AbortController();
const turn = { spacingMs: 0, leaseMs: 60_000, signal };

describe('turns at a host', () => {
  it('are given in the order they were asked for', async () => {
    const hosts = new MemoryHostLimiter();
    const order: number[] = [];
    await Promise.all(
      [1, 2, 3, 4].map(async n => {
        const lease = await hosts.acquire('a.example', turn);
        order.push(n);
        await lease.release({ notBefore: null });
      }),
    );
    expect(order).toEqual([1, 2, 3, 4]);
  });

  it('are not given before the time the last holder named', async () => {
    const hosts = new MemoryHostLimiter();
    const notBefore = new Date(Date.now() + 60);
    await (await hosts.acquire('a.example', turn)).release({ notBefore });
    await hosts.acquire('a.example', turn);
    // A timer may fire a hair before the clock shows its time.
    expect(Date.now()).toBeGreaterThanOrEqual(notBefore.getTime() - 1);
  });

  it('of one host do not hold up another', async () => {
    const hosts = new MemoryHostLimiter();
    await hosts.acquire('a.example', turn);
    await hosts.acquire('b.example', turn);
  });

  it('end by themselves when the holder dies, and its late release changes nothing', async () => {
    const hosts = new MemoryHostLimiter();
    const dead = await hosts.acquire('a.example', { ...turn, leaseMs: 20 });
    const alive = await hosts.acquire('a.example', turn);
    await dead.release({ notBefore: new Date(Date.now() + 3600_000) });
    let third = false;
    const waiting = hosts.acquire('a.example', turn).then(() => {
      third = true;
    });
    await Promise.resolve();
    expect(third).toBe(false);
    await alive.release({ notBefore: null });
    await waiting;
  });

  it('are not waited for by who gave up', async () => {
    const hosts = new MemoryHostLimiter();
    const held = await hosts.acquire('a.example', turn);
    const stop = new AbortController();
    const given = hosts.acquire('a.example', { ...turn, signal: stop.signal });
    const next = hosts.acquire('a.example', turn);
    stop.abort();
    await expect(given).rejects.toMatchObject({ code: 'E_STOPPED' });
    await held.release({ notBefore: null });
    await next;
    await expect(hosts.acquire('a.example', { ...turn, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'E_STOPPED' });
  });
});

describe('the name a host is limited under', () => {
  it.each([
    ['https://acme.wd5.myworkdayjobs.com/x', 'myworkdayjobs.com'],
    ['https://boards-api.greenhouse.io/', 'greenhouse.io'],
    ['https://jobs.employer.co.uk/', 'employer.co.uk'],
    ['http://127.0.0.1:8080/', '127.0.0.1:8080'],
    ['http://localhost/', 'localhost:80'],
    ['https://[2606:4700::1111]/', '[2606:4700::1111]:443'],
  ])('of %s is %s', (url, key) => {
    expect(hostKey(new URL(url))).toBe(key);
  });
});
