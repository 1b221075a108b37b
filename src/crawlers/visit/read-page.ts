import type { Adapter, Page, PageReading } from '../adapter.ts';
import { isTooLarge } from '../kit/html.ts';
import { unknown } from '../kit/reading.ts';

/** What the adapter of a system reads on a page. A page too large to be parsed is one that is not understood; any other error is a fault of ours, and thrown. */
export function readPage<T>(adapter: Pick<Adapter<T>, 'read'>, page: Page, target: T): PageReading {
  try {
    return adapter.read(page, target);
  } catch (error) {
    if (isTooLarge(error)) return unknown(error.message);
    throw error;
  }
}
