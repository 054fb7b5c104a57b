/** Who a part of the site is for. Each has a cookie, a sign-in and sessions of its own: a session of one opens no page of another. */
export const audiences = ['subscriber', 'company', 'staff'] as const;
export type Audience = (typeof audiences)[number];
