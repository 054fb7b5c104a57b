<?php
$context = stream_context_create(['http' => [
    'method' => 'POST',
    'ignore_errors' => true,
    'header' => [
        'Authorization: Bearer ' . getenv('TABANE_KEY'),
        'Idempotency-Key: return-31',
        'Content-Type: application/json',
    ],
    'content' => json_encode(['amount' => 250, 'reason' => 'defective', 'reference' => 'return-31']),
]]);
$address = 'https://pay.example/v1/charges/' . getenv('CHARGE') . '/refunds';
$refund = json_decode(file_get_contents($address, false, $context), true);
if (!isset($refund['id'])) {
    throw new RuntimeException($refund['code'] . ': ' . ($refund['detail'] ?? ''));
}
echo $refund['id'], ' ', $refund['amount'], PHP_EOL;
