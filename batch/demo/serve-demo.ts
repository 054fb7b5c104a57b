import { parseConfig, type Config } from '../../config/config.ts';
import { startService, stopOnSignals } from '../../src/main.ts';
import { openDeps } from '../../src/open-deps.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { formatLocalTime } from '../../src/shared/local-time.rules.ts';
import { startAaaStandIn } from './aaa-stand-in.ts';
import { isLocalAddress } from './local-network.ts';
import { describeSignIns, readSignIns } from './sign-ins.ts';
import { openShop, type OpenShop } from './site/shop/open-shop.ts';
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
    WEBHOOK_LOOPBACK: 'allow',
    ...(port && { PUBLIC_ORIGIN: `http://localhost:${port}` }),
    ...withoutEmpty(process.env),
  });
  const clock = worldClock(mark);
  const service = await startService(config, clock).catch(async (error: unknown) => {
    await aaa.close();
    throw error;
  });
  const signIns = await readSignIns(mark.out);
  const apiKey = signIns?.company.apiKey;
  const shop =
    apiKey === undefined
      ? undefined
      : await openExampleShop({ config, clock, apiKey, apiOrigin: service.address });
  stopOnSignals(async () => {
    await shop?.close();
    await service.stop();
    await aaa.close();
  });
  process.stdout.write(
    [
      `The demo world answers at ${config.publicOrigin}; its clock continues from ${formatLocalTime(clock.now(), config.timeZone)}.`,
      ...(signIns
        ? [
            '',
            describeSignIns(signIns, {
              publicOrigin: config.publicOrigin,
              staffOrigin: config.staff.origin,
              shopOrigin: shop?.origin,
            }),
          ]
        : []),
      '',
    ].join('\n'),
  );
}

/** `SHOP_PORT`, or the port after that of the staff's pages. */
export function shopPortOf({ staff }: Config): number {
  const { SHOP_PORT: port } = process.env;
  if (port) return Number(port);
  return staff.port === 0 ? 0 : Math.min(staff.port + 1, 65_535);
}

interface ShopSurroundings {
  readonly config: Config;
  readonly clock: Clock;
  readonly apiKey: string;
  readonly apiOrigin: string;
}

/** The shop is an extra: the world is served without it if it cannot open. */
async function openExampleShop({
  config,
  clock,
  apiKey,
  apiOrigin,
}: ShopSurroundings): Promise<OpenShop | undefined> {
  const deps = await openDeps(config, clock);
  try {
    const { publicOrigin } = config;
    return await openShop(deps, { publicOrigin, apiOrigin, apiKey, port: shopPortOf(config) });
  } catch (err) {
    deps.log.error({ err }, 'the example shop has not opened');
    return undefined;
  } finally {
    await deps.close();
  }
}

/** Every line is wherever its buyer is, on this machine or on its private network. */
function holdsLocalAddress(_line: string, asked: string): string | undefined {
  return isLocalAddress(asked) ? asked : undefined;
}

function withoutEmpty(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value));
}
