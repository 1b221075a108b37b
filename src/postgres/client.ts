import pg from 'pg';

/**
 * The client every connection to Postgres is made with. node-postgres tells the loss of a connection by an 'error' event, which ends the
 * process when nobody listens, and its pool listens only while a connection lies idle in it. This one always has a listener; whoever waits
 * for an answer on the connection is told by a rejection besides.
 */
export class Client extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    const given = typeof config === 'string' ? { connectionString: config } : config;
    // A server that vanished without a word is noticed in minutes and not in hours.
    super({ keepAlive: true, keepAliveInitialDelayMillis: 10_000, ...given });
    this.on('error', () => undefined);
  }
}
