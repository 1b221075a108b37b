import type { Dictionary, IRequestManager, Request, Source } from '@crawlee/basic';

type Added = Awaited<ReturnType<IRequestManager['addRequest']>>;
type Batched = Awaited<ReturnType<IRequestManager['addRequestsBatched']>>;

/**
 * Crawlee's queue as the engine needs it: first in, first out, and a handled request is forgotten. Crawlee's own queue remembers every request
 * it ever saw, which a crawler that never ends cannot afford.
 */
export class PassingQueue implements IRequestManager {
  readonly #make: (source: Source) => Request;
  readonly #waiting: Request[] = [];
  #handled = 0;
  #taken = 0;

  constructor(make: (source: Source) => Request) {
    this.#make = make;
  }

  async isFinished(): Promise<boolean> {
    return this.getPendingCount() === 0;
  }

  async isEmpty(): Promise<boolean> {
    return this.#waiting.length === 0;
  }

  async handledCount(): Promise<number> {
    return this.#handled;
  }

  getTotalCount(): number {
    return this.#handled + this.getPendingCount();
  }

  getPendingCount(): number {
    return this.#waiting.length + this.#taken;
  }

  async fetchNextRequest<T extends Dictionary = Dictionary>(): Promise<Request<T> | null> {
    const next = this.#waiting.shift();
    if (next) this.#taken += 1;
    return (next as Request<T> | undefined) ?? null;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Request> {
    for (let next = await this.fetchNextRequest(); next; next = await this.fetchNextRequest()) yield next;
  }

  async markRequestHandled(): Promise<void> {
    this.#taken -= 1;
    this.#handled += 1;
  }

  async reclaimRequest(request: Request): Promise<null> {
    this.#taken -= 1;
    this.#waiting.push(request);
    return null;
  }

  async addRequest(source: Source): Promise<Added> {
    const request = this.#make(source);
    this.#waiting.push(request);
    return {
      requestId: request.uniqueKey,
      uniqueKey: request.uniqueKey,
      wasAlreadyHandled: false,
      wasAlreadyPresent: false,
      forefront: false,
    };
  }

  async addRequestsBatched(sources: Parameters<IRequestManager['addRequestsBatched']>[0]): Promise<Batched> {
    const addedRequests: Batched['addedRequests'] = [];
    for await (const source of sources) {
      addedRequests.push(await this.addRequest(typeof source === 'string' ? { url: source } : source));
    }
    return { addedRequests, waitForAllRequestsToBeAdded: Promise.resolve([]) };
  }
}
