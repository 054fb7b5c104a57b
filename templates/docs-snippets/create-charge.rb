require "json"
require "net/http"

response = Net::HTTP.post(
  URI("https://pay.example/v1/charges"),
  JSON.generate(
    service: "video",
    amount: 550,
    tax_code: "standard",
    description: "映画レンタル 48時間",
    reference: "order-1001",
    return_url: "https://shop.example/orders/1001",
    capture: "automatic"
  ),
  "Authorization" => "Bearer #{ENV.fetch("TABANE_KEY")}",
  "Idempotency-Key" => "order-1001",
  "Content-Type" => "application/json"
)
charge = JSON.parse(response.body)
raise "#{charge["code"]}: #{charge["detail"]}" unless response.is_a?(Net::HTTPSuccess)
puts "#{charge["id"]} #{charge["confirm_url"]}"
