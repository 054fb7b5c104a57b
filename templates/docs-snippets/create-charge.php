<?php
$context = stream_context_create(['http' => [
    'method' => 'POST',
    'ignore_errors' => true,
    'header' => [
        'Authorization: Bearer ' . getenv('TABANE_KEY'),
        'Idempotency-Key: order-1001',
        'Content-Type: application/json',
    ],
    'content' => json_encode([
        'service' => 'video',
        'amount' => 550,
        'tax_code' => 'standard',
        'description' => '映画レンタル 48時間',
        'reference' => 'order-1001',
        'return_url' => 'https://shop.example/orders/1001',
        'capture' => 'automatic',
    ]),
]]);
$charge = json_decode(file_get_contents('https://pay.example/v1/charges', false, $context), true);
if (!isset($charge['id'])) {
    throw new RuntimeException($charge['code'] . ': ' . ($charge['detail'] ?? ''));
}
echo $charge['id'], ' ', $charge['confirm_url'], PHP_EOL;
