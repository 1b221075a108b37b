import { messageOf } from '../../errors.ts';
import type { Adapter, Page, PageReading } from '../adapter.ts';
import { isTooLarge } from '../kit/html.ts';
import { unknown } from '../kit/reading.ts';
import type { Board } from './board.ts';

/** What the adapter of a system reads on a page. A page too large to be parsed is one that is not understood; any other error is a fault of ours, and thrown. */
export function readPage<T>(adapter: Pick<Adapter<T>, 'read'>, page: Page, target: T): PageReading {
  try {
    return adapter.read(page, target);
  } catch (error) {
    if (isTooLarge(error)) return unknown(error.message);
    throw error;
  }
}

/** The same of the page of one posting: a fault of ours costs that posting alone, and `onFault` is told. Throws it where nobody is to be told. */
export function readOnePosting<T>({ adapter, target, onFault }: Pick<Board<T>, 'adapter' | 'target' | 'onFault'>, page: Page): PageReading {
  try {
    return readPage(adapter, page, target);
  } catch (error) {
    if (!onFault) throw error;
    onFault(error);
    return unknown(`its reader broke: ${messageOf(error)}`);
  }
}
