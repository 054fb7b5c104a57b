import type { Context } from 'koa';

/** A field of a posted form, from its body only; empty if it is missing, not text, or repeated. */
export function formField(ctx: Context, name: string): string {
  const { body } = ctx.request as { body?: unknown };
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return '';
  const value: unknown = (body as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : '';
}
