/**
 * Loaded before a process of the service (`node --import`): its clock goes ahead of the real one by so many
 * milliseconds, so that days pass in seconds. Only `Date` is moved; timers run as ever.
 */
const aheadMs = Number(process.env['CLOCK_AHEAD_MS']);
const RealDate = Date;
const now = () => RealDate.now() + aheadMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: unknown[], newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
  get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
});
