require "json"
require "net/http"

query = { limit: 100 }
loop do
  address = URI("https://pay.example/v1/events?#{URI.encode_www_form(query)}")
  response = Net::HTTP.get_response(address, "Authorization" => "Bearer #{ENV.fetch("TABANE_KEY")}")
  page = JSON.parse(response.body)
  raise "#{page["code"]}: #{page["detail"]}" unless response.is_a?(Net::HTTPSuccess)
  page["items"].each { |event| puts "#{event["sequence"]} #{event["type"]} #{event["data"]["object"]["id"]}" }
  break if page["next"].nil?
  query[:after] = page["next"]
end
