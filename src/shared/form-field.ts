import type { Context } from 'koa';

/** A field of the posted form, of its body alone; empty when it is missing, no text, or there more than once. */
export function formField(ctx: Context, name: string): string {
  const { body } = ctx.request as { body?: unknown };
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return '';
  const value: unknown = (body as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : '';
}
