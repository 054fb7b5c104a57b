import pino from 'pino';
import { parseConfig, type Config } from '../../../config/config.ts';

/** Settings of all servers measured: the usual ones, and limits that no line reaches. */
export function serverConfig(): Config {
  return parseConfig({
    ...process.env,
    DATABASE_POOL_SIZE: '20',
    LINE_MONTHLY_LIMIT: '1000000000',
    SCHEDULE: 'off',
  });
}

/** Logs like a production service: every line is written, to /dev/null. */
export const serverLog = () => pino({ level: 'info' }, pino.destination({ dest: '/dev/null', sync: false }));
