/** Runs once before the suites: nothing yet needs it, the Postgres support registers here. */
export default function setup(): void {}
