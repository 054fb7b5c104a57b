require "json"
require "net/http"

response = Net::HTTP.post(
  URI("https://pay.example/v1/charges/#{ENV.fetch("CHARGE")}/refunds"),
  JSON.generate(amount: 250, reason: "defective", reference: "return-31"),
  "Authorization" => "Bearer #{ENV.fetch("TABANE_KEY")}",
  "Idempotency-Key" => "return-31",
  "Content-Type" => "application/json"
)
refund = JSON.parse(response.body)
raise "#{refund["code"]}: #{refund["detail"]}" unless response.is_a?(Net::HTTPSuccess)
puts "#{refund["id"]} #{refund["amount"]}"
