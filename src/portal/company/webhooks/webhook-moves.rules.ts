/** What is done to an endpoint after a question. */
export const webhookMoves = ['enable', 'disable', 'delete'] as const;
export type WebhookMove = (typeof webhookMoves)[number];

/** For how many hours the former secret may sign too, as the page offers it. */
export const overlapHours = ['0', '1', '24', '72', '168'] as const;
export type OverlapHours = (typeof overlapHours)[number];
