// A damped oscillator as a model for Calibrate, in one file of C++17 without dependencies.
//
//     x'' + 2 damping x' + frequency^2 x = 0,  x(0) = amplitude,  x'(0) = 0
//
// The reading and writing of lines is all there is to the protocol (docs/formats/process-model.md in Calibrate's sources); a model of your
// own needs another `describe` and another `evaluate`.
//
//     g++ -O2 -std=c++17 -o oscillator oscillator.cpp

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

constexpr int samples = 200;
constexpr double per_second = 20;
constexpr const char* parameters[] = {"amplitude", "frequency", "damping"};

/// Displacement by time: the closed form of all three kinds of damping.
std::vector<double> evaluate(const std::vector<double>& point) {
    const double amplitude = point[0], frequency = point[1], damping = point[2];
    if (!(frequency > 0) || damping < 0) {
        throw std::domain_error("frequency must be positive, damping not negative");
    }
    const double difference = frequency * frequency - damping * damping;
    const double rate = std::sqrt(std::fabs(difference));
    std::vector<double> displacement(samples);
    for (int i = 0; i < samples; i++) {
        const double t = i / per_second;
        double shape;
        if (difference > 0) {
            shape = std::exp(-damping * t) * (std::cos(rate * t) + damping / rate * std::sin(rate * t));
        } else if (difference == 0) {
            shape = std::exp(-damping * t) * (1 + damping * t);
        } else {
            // both exponents are negative: cosh and sinh by themselves would overflow
            const double slow = std::exp((rate - damping) * t), fast = std::exp((-rate - damping) * t);
            shape = 0.5 * ((1 + damping / rate) * slow + (1 - damping / rate) * fast);
        }
        displacement[i] = amplitude * shape;
    }
    return displacement;
}

std::string shortest(double value) {
    char text[32];
    return std::string(text, std::to_chars(text, text + sizeof text, value).ptr);
}

/// The answer to the handshake.
std::string describe() {
    std::string axis;
    for (int i = 0; i < samples; i++) {
        axis += (i ? "," : "") + shortest(i / per_second);
    }
    return "{\"calibrate\":1,\"model\":\"oscillator\",\"version\":\"1.0\",\"batch\":64,\"encoding\":\"base64\","
           "\"outputs\":[{\"name\":\"displacement\",\"unit\":\"mm\",\"axis\":[" + axis + "]}]}";
}

/// Walks through one line of JSON: as much of the language as Calibrate writes. Strings hold no quotes, because names never do.
class Reader {
public:
    explicit Reader(const std::string& line) : at_(line.data()), end_(line.data() + line.size()) {}

    /// Goes to the value behind a key; false when there is no such key in the rest of the line.
    bool find(const std::string& key) {
        const std::string quoted = "\"" + key + "\":";
        const char* found = std::strstr(at_, quoted.c_str());
        at_ = found ? found + quoted.size() : at_;
        return found != nullptr;
    }

    /// Skips one character when it is the next.
    bool take(char wanted) {
        skip();
        if (at_ < end_ && *at_ == wanted) {
            at_++;
            return true;
        }
        return false;
    }

    double number() {
        skip();
        double value = 0;
        const auto [next, error] = std::from_chars(at_, end_, value);
        if (error != std::errc()) {
            throw std::runtime_error("a number was expected at: " + std::string(at_, end_));
        }
        at_ = next;
        return value;
    }

    std::string text() {
        if (!take('"')) {
            throw std::runtime_error("a text was expected at: " + std::string(at_, end_));
        }
        const char* begin = at_;
        while (at_ < end_ && *at_ != '"') {
            at_++;
        }
        return std::string(begin, at_++);
    }

private:
    /// Goes over what stands between values.
    void skip() {
        while (at_ < end_ && (*at_ == ' ' || *at_ == ',')) {
            at_++;
        }
    }

    const char* at_;
    const char* end_;
};

/// Little-endian doubles in base64, whatever the byte order of this machine.
std::string base64(const std::vector<double>& values) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::vector<unsigned char> bytes;
    bytes.reserve(8 * values.size());
    for (const double value : values) {
        std::uint64_t word;
        std::memcpy(&word, &value, sizeof word);
        for (int shift = 0; shift < 64; shift += 8) {
            bytes.push_back(static_cast<unsigned char>(word >> shift));
        }
    }
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t left = bytes.size() - i;
        const unsigned group = bytes[i] << 16 | (left > 1 ? bytes[i + 1] << 8 : 0) | (left > 2 ? bytes[i + 2] : 0);
        text += digits[group >> 18];
        text += digits[group >> 12 & 63];
        text += left > 1 ? digits[group >> 6 & 63] : '=';
        text += left > 2 ? digits[group & 63] : '=';
    }
    return text;
}

/// What is wrong with the parameters or outputs that a problem has; empty when nothing is.
std::string refusal(const std::string& handshake) {
    std::vector<std::string> names;
    Reader reader(handshake);
    if (reader.find("parameters") && reader.take('[')) {
        while (!reader.take(']')) {
            names.push_back(reader.text());
        }
    }
    if (names != std::vector<std::string>(std::begin(parameters), std::end(parameters))) {
        return "the parameters must be amplitude, frequency, damping, in this order";
    }
    Reader outputs(handshake);
    if (outputs.find("outputs") && outputs.take('[')) {
        while (!outputs.take(']')) {
            if (outputs.text() != "displacement") {
                return "the only output is displacement";
            }
        }
    }
    return Reader(handshake).find("encodings") && handshake.find("\"base64\"") == std::string::npos ? "this model writes base64" : "";
}

std::string answer(const std::string& request) {
    Reader reader(request);
    reader.find("id");
    const auto id = static_cast<long long>(reader.number());
    std::string results;
    if (reader.find("points") && reader.take('[')) {
        while (reader.take('[')) {
            std::vector<double> point;
            while (!reader.take(']')) {
                point.push_back(reader.number());
            }
            results += results.empty() ? "" : ",";
            try {
                results += "{\"values\":\"" + base64(evaluate(point)) + "\"}";
            } catch (const std::exception& failure) {
                results += "{\"error\":\"" + std::string(failure.what()) + "\"}";
            }
        }
    }
    return "{\"id\":" + std::to_string(id) + ",\"results\":[" + results + "]}";
}

}  // namespace

int main() {
    std::ios::sync_with_stdio(false);
    std::string line;
    if (!std::getline(std::cin, line)) {
        return 0;
    }
    try {
        const std::string reason = refusal(line);
        if (!reason.empty()) {
            std::cout << "{\"calibrate\":1,\"error\":\"" << reason << "\"}" << std::endl;
            return 0;
        }
        std::cout << describe() << std::endl;
        while (std::getline(std::cin, line)) {
            std::cout << answer(line) << std::endl;
        }
    } catch (const std::exception& failure) {
        std::cerr << failure.what() << std::endl;
        return 1;
    }
    return 0;
}
