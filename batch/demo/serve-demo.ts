import { parseConfig } from '../../config/config.ts';
import { startService, stopOnSignals } from '../../src/main.ts';
import { formatLocalTime } from '../../src/shared/local-time.rules.ts';
import { startAaaStandIn } from './aaa-stand-in.ts';
import { isLocalAddress } from './local-network.ts';
import { describeSignIns, readSignIns } from './sign-ins.ts';
import { worldClock, type WorldMark } from './world-mark.ts';

const LOOPBACK = '127.0.0.1';
const RADIUS_SECRET = 'the-demo-and-its-own-aaa-server';

/**
 * Serves a finished demo world until a signal ends it. Its clock continues from the end of the world. Unless the environment
 * names AAA servers, it runs its own, which finds every line at the address asked for if that is this machine's or private.
 */
export async function serveDemo(mark: WorldMark): Promise<void> {
  const aaa = await startAaaStandIn({ secret: RADIUS_SECRET, holds: holdsLocalAddress });
  const port = process.env['PORT'];
  const config = parseConfig({
    RADIUS_SERVERS: `${LOOPBACK}:${aaa.port}:${RADIUS_SECRET}`,
    FILES_DIR: mark.out,
    ...(port && { PUBLIC_ORIGIN: `http://localhost:${port}` }),
    ...withoutEmpty(process.env),
  });
  const clock = worldClock(mark);
  const service = await startService(config, clock).catch(async (error: unknown) => {
    await aaa.close();
    throw error;
  });
  stopOnSignals(async () => {
    await service.stop();
    await aaa.close();
  });
  const signIns = await readSignIns(mark.out);
  process.stdout.write(
    [
      `The demo world answers at ${config.publicOrigin}; its clock continues from ${formatLocalTime(clock.now(), config.timeZone)}.`,
      ...(signIns
        ? [
            '',
            describeSignIns(signIns, { publicOrigin: config.publicOrigin, staffOrigin: config.staff.origin }),
          ]
        : []),
      '',
    ].join('\n'),
  );
}

/** Every line is wherever its buyer is, on this machine or on its private network. */
function holdsLocalAddress(_line: string, asked: string): string | undefined {
  return isLocalAddress(asked) ? asked : undefined;
}

function withoutEmpty(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value));
}
