<?php
$context = stream_context_create(['http' => [
    'ignore_errors' => true,
    'header' => ['Authorization: Bearer ' . getenv('TABANE_KEY')],
]]);
$address = 'https://pay.example/v1/charges/' . getenv('CHARGE');
$charge = json_decode(file_get_contents($address, false, $context), true);
if (!isset($charge['id'])) {
    throw new RuntimeException($charge['code'] . ': ' . ($charge['detail'] ?? ''));
}
echo $charge['state'], ' ', $charge['reference'], PHP_EOL;
