import { describe, expect, test } from 'vitest';
import { findBrowser } from '../../../src/crawlers/engine/browser/find.ts';

describe('the browser for rendered pages', () => {
  test('is the program CHROMIUM_PATH names', async () => {
    expect(await findBrowser({ CHROMIUM_PATH: process.execPath })).toEqual({ path: process.execPath, from: 'CHROMIUM_PATH' });
  });

  test.each(['/no/such/chromium', '/', import.meta.filename])('is refused when CHROMIUM_PATH names no program: %s', async path => {
    await expect(findBrowser({ CHROMIUM_PATH: path })).rejects.toMatchObject({ code: 'E_CONFIG', message: expect.stringContaining(path) });
  });
});
