require "json"
require "net/http"

response = Net::HTTP.get_response(
  URI("https://pay.example/v1/charges/#{ENV.fetch("CHARGE")}"),
  "Authorization" => "Bearer #{ENV.fetch("TABANE_KEY")}"
)
charge = JSON.parse(response.body)
raise "#{charge["code"]}: #{charge["detail"]}" unless response.is_a?(Net::HTTPSuccess)
puts "#{charge["state"]} #{charge["reference"]}"
