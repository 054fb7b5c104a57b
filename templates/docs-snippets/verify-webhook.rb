require "base64"
require "json"
require "openssl"

# body: the bytes as they came. Raises for a message that is not ours.
def verify(secret, headers, body)
  raise "the message is too old" if (Time.now.to_i - headers["webhook-timestamp"].to_i).abs > 300
  key = Base64.decode64(secret.delete_prefix("whsec_"))
  content = "#{headers["webhook-id"]}.#{headers["webhook-timestamp"]}.#{body}"
  expected = "v1,#{Base64.strict_encode64(OpenSSL::HMAC.digest("SHA256", key, content))}"
  raise "no signature fits" unless headers["webhook-signature"].split.any? { |given| OpenSSL.secure_compare(expected, given) }
  JSON.parse(body)
end
